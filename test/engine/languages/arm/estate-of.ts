import type { ResolveContext } from '../../../../engine/estate/context.ts';
import type { Estate } from '../../../../engine/estate/estate.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import { ArmFiles } from '../../../../engine/languages/arm/files.ts';
import { resolveTemplate } from '../../../../engine/languages/arm/resolve.ts';
import { contextOf, folder, outputOf, show } from '../bicep/estate-of.ts';

export const uri = `${folder}azuredeploy.json`;

/** Sections of a template; `$schema` and `contentVersion` are added. */
export type Sections = Readonly<Record<string, unknown>>;

export function templateOf(sections: Sections, schema = 'deploymentTemplate'): Sections {
  return {
    $schema: `https://schema.management.azure.com/schemas/2019-04-01/${schema}.json#`,
    contentVersion: '1.0.0.0',
    ...sections,
  };
}

export function textOf(sections: Sections, schema = 'deploymentTemplate'): string {
  return JSON.stringify(templateOf(sections, schema), undefined, 2);
}

/** The estate of a template; `others` are files beside it. */
export function estateOf(
  sections: Sections | string,
  others: Readonly<Record<string, string>> = {},
  parameterFile?: string,
  more: Partial<ResolveContext> = {},
): Estate {
  const text = typeof sections === 'string' ? sections : textOf(sections);
  const parameterFiles = parameterFile === undefined ? [] : [folder + parameterFile];
  const context = contextOf({ 'azuredeploy.json': text, ...others }, more);
  return resolveTemplate({ language: 'arm', uri, parameterFiles }, context, new ArmFiles());
}

/** What an expression is, as `show` writes it. */
export function shown(expression: unknown, sections: Sections = {}): string {
  return show(valueOfOutput(expression, sections));
}

export function valueOfOutput(expression: unknown, sections: Sections = {}): Value {
  return outputOf(estateOf({ ...sections, outputs: { o: { type: 'string', value: expression } } }));
}

/** What the span of a value's origin holds in the text. */
export function writtenAt(value: Value, text: string): string {
  return value.origin.kind === 'source' ? text.slice(value.origin.start, value.origin.end) : value.origin.kind;
}
