import { describe, expect, it } from 'vitest';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import { tryAsArm, typesFound } from './as-arm.ts';
import { estateOf } from './estates.ts';
import { compiled, judge } from './judge.ts';
import { printTemplate, type TemplateStyle } from './print-template.ts';

/** The ways in which every example is printed. */
const styles: Readonly<Record<string, TemplateStyle>> = {
  'as a list': { resources: 'list', children: 'separate', texts: 'format' },
  'by symbolic names': { resources: 'symbolic', children: 'nested', texts: 'concat' },
  'in a nested template': { resources: 'list', children: 'nested', texts: 'format', deployed: true },
};

function casesIn<Example extends { readonly language: ExampleLanguage }>(
  examples: readonly Example[],
  language: ExampleLanguage,
): readonly { readonly name: string; readonly example: Example; readonly style: TemplateStyle }[] {
  return examples
    .filter((example) => example.language === language)
    .flatMap((example, index) =>
      Object.entries(styles).map(([way, style]) => ({ name: `${language} ${index + 1} ${way}`, example, style })),
    );
}

describe.each([...compiled.examples])('%s', (rule, examples) => {
  it.each(casesIn(examples, 'bicep'))('holds for ARM: $name', ({ example, style }) => {
    expect(tryAsArm(rule, example, { judge, estateOf, print: (estate) => printTemplate(estate, style) })).toEqual([]);
  });

  // azurerm leaves much unsaid, so the templates say more: that something is left to Azure. What is certainly wrong stays so.
  it.each(casesIn(examples, 'terraform'))('is found in ARM: $name', ({ example, style }) => {
    const unsaid = { apiVersion: '2024-06-01' };
    const template = printTemplate(estateOf('terraform', example.bad), { ...style, unsaid });
    const { findings, problems } = judge('arm', template);
    expect(problems).toEqual([]);
    expect(typesFound(rule, findings)).toBe(typesFound(rule, judge('terraform', example.bad).findings));
  });
});
