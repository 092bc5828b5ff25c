import { describe, expect, it } from 'vitest';
import type { Finding } from '../../engine/findings/finding.ts';
import { tryAsArm, typesFound } from './as-arm.ts';
import { estateOf } from './estates.ts';
import { examplesOfEstates, judgeFor } from './judge.ts';
import { printTemplate, type TemplateStyle } from './print-template.ts';

const plain: TemplateStyle = { resources: 'list', children: 'separate', texts: 'format' };

/** The ways in which every Bicep example is printed. */
const styles: Readonly<Record<string, TemplateStyle>> = {
  'as a list': plain,
  'by symbolic names': { resources: 'symbolic', children: 'nested', texts: 'concat' },
  'in a nested template': { resources: 'list', children: 'nested', texts: 'format', deployed: true },
};

describe.each(examplesOfEstates)('%s', (rule, examples) => {
  const bicep = examples
    .filter(({ language }) => language === 'bicep')
    .flatMap((example, index) =>
      Object.entries(styles).map(([way, style]) => ({ name: `bicep ${index + 1} ${way}`, example, style })),
    );
  it.each(bicep)('holds for ARM: $name', ({ example, style }) => {
    expect(
      tryAsArm(rule, example, { judge: judgeFor(rule), estateOf, print: (estate) => printTemplate(estate, style) }),
    ).toEqual([]);
  });

  // azurerm leaves much unsaid, so the templates say more: that something is left to Azure. What is certainly wrong stays so.
  const terraform = examples
    .filter(({ language }) => language === 'terraform')
    .map(({ bad }, index) => ({ name: `terraform ${index + 1}`, bad }));
  it.each(terraform)('is found in ARM: $name', ({ bad }) => {
    const style: TemplateStyle = { ...plain, unsaid: { apiVersion: '2024-06-01' } };
    const judge = judgeFor(rule);
    const { findings, problems } = judge('arm', printTemplate(estateOf('terraform', bad), style));
    expect(problems).toEqual([]);
    expect(kindsFound(rule, findings)).toEqual(kindsFound(rule, judge('terraform', bad).findings));
  });
});

/** The types at fault, each once: items of JSON that Terraform holds as one text share one place there. */
function kindsFound(rule: string, findings: readonly Finding[]): readonly string[] {
  return [...new Set(typesFound(rule, findings).split(', '))];
}
