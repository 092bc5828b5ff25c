import { describe, expect, it } from 'vitest';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import type { Estate } from '../../engine/estate/estate.ts';
import { ArmFiles } from '../../engine/languages/arm/files.ts';
import { resolveTemplate } from '../../engine/languages/arm/resolve.ts';
import { estateOf as bicepEstateOf, contextOf } from '../engine/languages/bicep/estate-of.ts';
import { tryAsArm } from './as-arm.ts';
import { compiled, judge } from './judge.ts';
import { printTemplate, type TemplateStyle } from './print-template.ts';

/** The ways in which every example is printed. */
const styles: Readonly<Record<string, TemplateStyle>> = {
  'as a list': { resources: 'list', children: 'separate', texts: 'format' },
  'by symbolic names': { resources: 'symbolic', children: 'nested', texts: 'concat' },
};

/** Examples that cannot be the same as ARM, each with the reason. They are run, and must still fail. */
const knownGaps: ReadonlyMap<string, string> = new Map();

function estateOf(language: ExampleLanguage, text: string): Estate {
  if (language !== 'arm') return bicepEstateOf(text);
  const uri = 'file:///w/azuredeploy.json';
  return resolveTemplate({ language: 'arm', uri, parameterFiles: [] }, contextOf({ [uri]: text }), new ArmFiles());
}

describe.each([...compiled.examples])('%s', (rule, examples) => {
  const cases = examples
    .filter(({ language }) => language === 'bicep')
    .flatMap((example, index) =>
      Object.entries(styles).map(([way, style]) => ({ name: `bicep ${index + 1} ${way}`, example, style })),
    );
  it.each(cases)('holds for ARM: $name', ({ name, example, style }) => {
    const wrong = tryAsArm(rule, example, { judge, estateOf, print: (estate) => printTemplate(estate, style) });
    if (knownGaps.has(`${rule} ${name}`)) expect(wrong).not.toEqual([]);
    else expect(wrong).toEqual([]);
  });
});
