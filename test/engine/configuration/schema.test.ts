// The schema that editors use and the reader must take the same documents.
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationReader } from '../../../engine/configuration/read.ts';
import { configurationSchema } from '../../../engine/configuration/schema.ts';
import { names, rules } from './files.ts';

const schema = configurationSchema(rules, []);
const validate = new Ajv({ strict: false }).compile(schema);
const read = configurationReader(names);

/** Mostly the one, so that whole documents are right often enough. */
function mostly<T>(right: fc.Arbitrary<T>, wrong: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: fc.constant(wrong) });
}

function mapOf(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  const known = fc.record(members, { requiredKeys: [] });
  const unknown = fc.oneof({ weight: 40, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constant({ x: 1 }) });
  return fc.tuple(known, unknown).map(([a, b]) => ({ ...a, ...b }));
}

const severity = mostly(fc.constantFrom('off', 'low', 'critical'), 'hihg');
const text = mostly(fc.constantFrom('a', 'infra/*.tf', './base.yaml'), '');
const textOrTexts = mostly(fc.oneof(text, fc.array(text, { maxLength: 2 })), 3);
const options = mapOf({
  oldest: mostly(fc.constant('x'), 3),
  ports: fc.oneof(mostly(fc.constantFrom([], [22]), ['a']), mostly(fc.constant([1]), 'x')),
});
const setting = fc.oneof(severity, mapOf({ severity }), mapOf({ severity, options }));
const ruleIds = mostly(fc.constantFrom(...rules.map(({ id }) => id), 'CKV_AZURE_3'), 'storage/none').map(String);
const className = fc.constantFrom('a', 'b', 'c');
const classOfData = fc.oneof(
  mostly(fc.constant(null), 'high'),
  mapOf({
    profile: mostly(fc.constant('strict'), 'stict'),
    requires: mostly(fc.constantFrom('encryption', 'CKV_AZURE_3', ['storage/min-tls', 'backup'], []), ['storage/none']),
    rules: mostly(fc.dictionary(ruleIds, severity, { maxKeys: 2 }), 'high'),
  }),
);
const valued = fc.tuple(classOfData, className, fc.boolean()).map(([each, name, given]) => ({ each, name, given }));
const classification = mapOf({
  tag: mostly(fc.constant('data'), 3),
  // No value means two classes: that is for the reader to tell.
  classes: mostly(
    fc
      .dictionary(className, valued)
      .map((classes) =>
        Object.fromEntries(
          Object.entries(classes).map(([name, { each, given }]) => [
            name,
            given && each !== null && typeof each === 'object' ? { ...each, values: [name, `${name} data`] } : each,
          ]),
        ),
      ),
    [],
  ),
});
const settings = {
  classification: mostly(classification, 'data'),
  profile: mostly(fc.constantFrom('recommended', 'strict', 'all'), 'everything'),
  'fail-on': mostly(fc.constantFrom('none', 'high'), 'off'),
  rules: mostly(fc.dictionary(ruleIds, setting, { maxKeys: 2 }), []),
};
const override = fc
  .tuple(mapOf(settings), mostly(fc.constantFrom({ paths: 'a' }, { paths: ['a', '*.tf'] }), {}))
  .map(([own, paths]) => ({ ...own, ...(paths as object) }));
const document = mapOf({
  ...settings,
  inherit: mostly(fc.boolean(), 'no'),
  extends: textOrTexts,
  'rule-folders': textOrTexts,
  baseline: mostly(fc.constant('a.json'), 3),
  include: textOrTexts,
  exclude: textOrTexts,
  overrides: mostly(fc.array(override, { maxLength: 2 }), {}),
  'parameter-files': mostly(fc.dictionary(fc.constantFrom('a', 'b'), textOrTexts), []),
  roots: mostly(fc.dictionary(fc.constant('a'), mostly(fc.dictionary(fc.constant('dev'), textOrTexts), 'a')), 'a'),
});

describe('the schema', () => {
  it('takes a document exactly if the reader does', () => {
    let taken = 0;
    fc.assert(
      fc.property(document, (data) => {
        const { problems } = read('file:///demarc.yaml', JSON.stringify(data));
        const valid = validate(data);
        expect(valid, JSON.stringify(problems)).toBe(problems.length === 0);
        if (valid) taken++;
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
