import type { Severity } from '../engine/findings/finding.ts';
import type { Concern, Layer } from '../engine/responsibility/layers.ts';

export type Scalar = string | number | boolean;

/** A rule about one property. */
export interface NewRule {
  readonly id: string;
  readonly type: string;
  readonly path: string;
  /** What the property has to be; undefined where it only has to be there. */
  readonly value: Scalar | undefined;
  readonly layer: Layer;
  readonly concern: Concern;
  readonly severity: Severity;
  readonly apiVersion: string;
}

type GoodOf = (language: 'bicep' | 'terraform', bad: string) => string;

/** The text of a rule that can be tested at once; `goodOf` says what the bad examples become. */
export function ruleText(rule: NewRule, goodOf: GoodOf): string {
  const { path, type, value, layer, concern, severity } = rule;
  const last = path.slice(path.lastIndexOf('.') + 1);
  const shown = value === undefined ? `set` : String(value);
  const title = `${last} is ${shown}`.slice(0, 80).replace(/\.$/, '');
  const fixTitle = (value === undefined ? `Set ${last}` : `Set ${last} to ${shown}`).slice(0, 60).replace(/\.$/, '');
  const written =
    value === undefined
      ? `{ ask: { name: ${last}, prompt: What ${last} is to be, example: contoso } }`
      : JSON.stringify(value);
  const bicep = bicepExample(rule);
  const terraform = terraformExample(rule);
  return `title: ${JSON.stringify(title)}
# Whose job it is, and what it is about: demarc rules --help lists layers and concerns.
layer: ${layer}
concern: ${concern}
severity: ${severity}
# recommended, strict or all: the smallest list of rules that has this one.
profiles: [recommended]
resource: ${type}
require:
  ${path}: ${value === undefined ? '{ exists: true }' : `{ equals: ${JSON.stringify(value)} }`}
message: >-
  Say here what is wrong, why it matters and what to do.
fix:
  title: ${JSON.stringify(fixTitle)}
  # neutral, behaviour, cost or replaces; all but the first need a note.
  effect: behaviour
  note: >-
    Say here what may happen.
  set: { ${path}: ${written} }
why: >
  Say here what goes wrong, whose job it is, and what can break when it is mended.
references:
  links: []
# Whole files. bad is found, bad with the fix is good, good is not found: demarc test tries it.
examples:
${example('bicep', bicep, goodOf('bicep', bicep))}${example('terraform', terraform, goodOf('terraform', terraform))}`;
}

function example(language: string, bad: string, good: string): string {
  return `  - ${language}:\n      bad: |\n${indented(bad)}      good: |\n${indented(good)}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '        ');
}

/** What stands at the path where it is wrong; undefined where nothing does. */
function wrongValue(value: Scalar | undefined): Scalar | undefined {
  switch (typeof value) {
    case 'boolean':
      return !value;
    case 'number':
      return value - 1;
    case 'string':
      return 'something-else';
    case 'undefined':
      return undefined;
  }
}

function bicepExample({ type, path, value, apiVersion }: NewRule): string {
  const wrong = wrongValue(value);
  const lines = [
    `resource example '${type}@${apiVersion}' = {`,
    `  name: 'example'`,
    ...(path.startsWith('location') ? [] : [`  location: 'westeurope'`]),
  ];
  if (wrong !== undefined)
    lines.push(...nested(path, 1, ': ', typeof wrong === 'string' ? `'${wrong}'` : String(wrong)));
  return `${[...lines, '}'].join('\n')}\n`;
}

function terraformExample({ type, path, value, apiVersion }: NewRule): string {
  const wrong = wrongValue(value);
  const lines = [
    `resource "azapi_resource" "example" {`,
    `  type      = "${type}@${apiVersion}"`,
    `  name      = "example"`,
    `  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-example"`,
  ];
  const isTag = path.startsWith('tags.');
  const written = wrong === undefined ? [] : nested(path, isTag ? 1 : 2, ' = ', JSON.stringify(wrong));
  if (isTag) lines.push(...(written.length === 0 ? [] : ['', ...written]));
  else lines.push('', '  body = {', ...(written.length === 0 ? ['    properties = {}'] : written), '  }');
  return `${[...lines, '}'].join('\n')}\n`;
}

function nested(path: string, depth: number, equals: string, value: string): readonly string[] {
  const [first = '', ...rest] = path.split('.');
  const indentation = '  '.repeat(depth);
  if (rest.length === 0) return [`${indentation}${first}${equals}${value}`];
  return [`${indentation}${first}${equals}{`, ...nested(rest.join('.'), depth + 1, equals, value), `${indentation}}`];
}
