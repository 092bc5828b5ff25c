import { type CompiledRule, profiles, type RuleText } from '../check/rule.ts';
import { type Severity, severities } from '../findings/finding.ts';
import { defaultServiceLevels, printServiceLevel } from '../findings/service-levels.ts';
import { type Data, type DataObject, isDataArray } from '../functions/data.ts';
import { concerns } from '../responsibility/layers.ts';
import { defaultTag } from './classification.ts';
import {
  type classificationKeys,
  type classKeys,
  failLevels,
  type fileKeys,
  ruleSeverities,
  type settingKeys,
} from './settings.ts';

const texts = (description: string): DataObject => ({
  description,
  oneOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 } },
  ],
});

/** The same, of known ones. */
const textsOf = (description: string, values: readonly string[]): DataObject => ({
  description,
  oneOf: [{ enum: values }, { type: 'array', items: { enum: values } }],
});

const map = (description: string, values: DataObject): DataObject => ({
  description,
  type: 'object',
  additionalProperties: values,
});

/**
 * The JSON Schema (draft-07) of `demarc.yaml`: it takes what the reader takes, and says in an editor what each setting
 * means. Rules are listed by our ids and by those of peers.
 */
export function configurationSchema(rules: readonly CompiledRule[], ruleTexts: readonly RuleText[]): DataObject {
  const setting: Readonly<Record<(typeof settingKeys)[number], DataObject>> = {
    profile: { description: 'Which rules are on: each list contains the ones before it.', enum: profiles },
    'fail-on': { description: 'The least severity of a finding that makes the exit code 1.', enum: failLevels },
    rules: { $ref: '#/definitions/rules' },
    classification: { $ref: '#/definitions/classification' },
    'provided-elsewhere': texts(
      `Concerns (${concerns.join(', ')}) and rules that something outside of these files takes care of. A missing resource is then no finding.`,
    ),
    'service-levels': {
      description: 'How long it may take to mend a finding after its first detection, by severity.',
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(severities.map((severity) => [severity, serviceLevel(severity)])),
    },
  };
  const properties: Readonly<Record<(typeof fileKeys)[number], DataObject>> = {
    inherit: { description: 'Write false so that demarc.yaml files in folders above do not count.', type: 'boolean' },
    extends: texts("Files ('./base.yaml') and installed npm packages ('@contoso/demarc') that this file builds on."),
    'rule-folders': texts(
      "Folders with rules of your own, relative to this file. A rule's id is its path in the folder: contoso/owner-tag.",
    ),
    baseline: {
      description: "A file that 'demarc baseline' writes: findings in it are known and not told again.",
      type: 'string',
      minLength: 1,
    },
    ...setting,
    overrides: {
      description: 'Settings for some files; later ones count more.',
      type: 'array',
      items: {
        type: 'object',
        required: ['paths'],
        additionalProperties: false,
        properties: { paths: texts('Patterns of the files that these settings are for.'), ...setting },
      },
    },
    include: texts('Patterns of what is linted; everything when there is none.'),
    exclude: texts('Patterns of what is not linted. What is wrong in it is shown where it is called.'),
    'parameter-files': map(
      'For a template the parameter files that it is deployed with, each by itself. They replace what is found by name.',
      texts('Parameter files of this template.'),
    ),
    roots: map(
      'For a Terraform folder the named sets of variable files that it is deployed with.',
      map('Sets of variable files by name.', texts('Variable files, later ones count more.')),
    ),
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of Demarc',
    type: 'object',
    additionalProperties: false,
    properties: { ...properties },
    definitions: {
      severity: { enum: ruleSeverities },
      rules: rulesSchema(rules, ruleTexts),
      classification: classificationSchema(rules),
    },
  };
}

function classificationSchema(rules: readonly CompiledRule[]): DataObject {
  const severities: Record<string, Data> = {};
  for (const { id, title, severity, aliases } of rules) {
    severities[id] = { description: `${title} (${severity}).`, $ref: '#/definitions/severity' };
    for (const alias of aliases) severities[alias] ??= { $ref: '#/definitions/severity' };
  }
  const properties: Readonly<Record<(typeof classKeys)[number], DataObject>> = {
    values: texts('What the tag says where this class is meant, ignoring case; the name of the class when left out.'),
    profile: { description: 'The rules of this profile are on for this class.', enum: profiles },
    requires: textsOf('Rules and concerns that are on for this class, whatever the profile.', [
      ...concerns,
      ...Object.keys(severities),
    ]),
    rules: {
      description: 'The severity of rules for this class, or off.',
      type: 'object',
      additionalProperties: false,
      properties: severities,
    },
  };
  const keys: Readonly<Record<(typeof classificationKeys)[number], DataObject>> = {
    tag: {
      description: `The tag that says what a resource holds; ${defaultTag} when left out.`,
      type: 'string',
      minLength: 1,
    },
    classes: map('What may lie in a data store, and what it is then held to.', {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: { ...properties },
    }),
  };
  return {
    description: 'What data stores say they hold, by a tag, and the rules that each class is held to.',
    type: 'object',
    additionalProperties: false,
    properties: { ...keys },
  };
}

function serviceLevel(severity: Severity): Data {
  const usual = printServiceLevel(defaultServiceLevels[severity]);
  return {
    description: `Such as 48 hours, 2 weeks, 3 months, or best effort; ${usual} unless it is said.`,
    type: 'string',
    pattern: '^ *([1-9][0-9]{0,3} +(hour|day|week|month|year)s?|best effort) *$',
    default: usual,
  };
}

function rulesSchema(rules: readonly CompiledRule[], ruleTexts: readonly RuleText[]): DataObject {
  const options = new Map(ruleTexts.map((text) => [text.id, text.options]));
  const properties: Record<string, Data> = {};
  for (const rule of rules) {
    properties[rule.id] = ruleSchema(rule, options.get(rule.id) ?? {});
    // A peer's id may mean several rules: what can be said of the first counts, as for the reader.
    const reference = `#/definitions/rules/properties/${rule.id.replaceAll('/', '~1')}`;
    for (const alias of rule.aliases) properties[alias] ??= { $ref: reference };
  }
  return {
    description: 'The severity of each rule, or off; or a map with its severity and its options.',
    type: 'object',
    additionalProperties: false,
    properties,
    // Rules of one's own, whose options only the reader knows.
    patternProperties: {
      [`^(?!(${[...new Set(rules.map(({ id }) => id.split('/')[0]))].join('|')})/)[a-z][a-z0-9-]*/[a-z0-9-]+$`]: {
        oneOf: [
          { $ref: '#/definitions/severity' },
          {
            type: 'object',
            additionalProperties: false,
            properties: { severity: { $ref: '#/definitions/severity' }, options: { type: 'object' } },
          },
        ],
      },
    },
  };
}

function ruleSchema({ title, severity, options }: CompiledRule, descriptions: Readonly<Record<string, string>>): Data {
  const described = Object.entries(options ?? {}).map(([name, usual]): [string, Data] => [
    name,
    { description: descriptions[name] ?? name, default: usual, ...kindOf(usual) },
  ]);
  return {
    description: `${title} (${severity}).`,
    oneOf: [
      { $ref: '#/definitions/severity' },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          severity: { $ref: '#/definitions/severity' },
          options: { type: 'object', additionalProperties: false, properties: Object.fromEntries(described) },
        },
      },
    ],
  };
}

/** An option takes what its default is like. */
function kindOf(usual: Data): DataObject {
  if (isDataArray(usual)) {
    const [first] = usual;
    return { type: 'array', ...(first === undefined ? {} : { items: kindOf(first) }) };
  }
  if (usual === null) return {};
  return { type: typeof usual };
}
