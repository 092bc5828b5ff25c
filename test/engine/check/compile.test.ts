import { describe, expect, it } from 'vitest';
import { checkSubjects } from '../../../engine/check/check-subjects.ts';
import { compileRule } from '../../../engine/check/compile.ts';
import { compileDocuments, patternProblem } from '../../../engine/check/compile-all.ts';
import { compileFacts } from '../../../engine/check/compile-facts.ts';
import type { Data } from '../../../engine/functions/data.ts';

const good = {
  title: 'All is well',
  layer: 'network-controls',
  concern: 'exposure',
  severity: 'high',
  profiles: ['recommended'],
  resource: 'Microsoft.Storage/storageAccounts',
  require: { 'properties.x': { equals: true } },
  why: 'Because.',
};

/** Problems of a rule as `path: message`. */
function problems(parts: Record<string, Data>): readonly string[] {
  const { problems: found } = compileRule('a/b', { ...good, ...parts }, { checks: checkSubjects, patternProblem });
  return found.map(({ path, message }) => `${path.join('/')}: ${message}`);
}

describe('a rule', () => {
  it('compiles to plain JSON', () => {
    const { rule, text, problems: found } = compileRule('a/b', good, { checks: checkSubjects, patternProblem });
    expect(found).toEqual([]);
    expect(JSON.parse(JSON.stringify(rule))).toEqual(rule);
    expect(rule).toMatchObject({
      id: 'a/b',
      profile: 'recommended',
      suppressible: true,
      types: ['Microsoft.Storage/storageAccounts'],
    });
    expect(text?.why).toBe('Because.');
  });

  const cases: readonly (readonly [string, Record<string, Data>, string])[] = [
    ['an unknown key', { severty: 'high' }, `severty: A rule has no key 'severty'. Did you mean 'severity'?`],
    [
      'an unknown value',
      { severity: 'hihg' },
      `severity: The severity cannot be 'hihg'; it is one of critical, high, medium, low. Did you mean 'high'?`,
    ],
    [
      'an unknown operator',
      { require: { 'properties.x': { equal: 1 } } },
      `require/properties.x/equal: A test has no key 'equal'. Did you mean 'equals'?`,
    ],
    [
      'a value where a test belongs',
      { require: { 'properties.x': true } },
      `require/properties.x: What follows a path must be a test such as { equals: true }.`,
    ],
    [
      'a misspelt combinator',
      { require: { al: [] } },
      `require/al: What follows a path must be a test such as { equals: … }. Did you mean 'all'?`,
    ],
    [
      'a path with []',
      { require: { 'x[].y': { equals: 1 } } },
      `require/x[].y: The path 'x[].y' has a '[]'; write any, every or none over the list instead.`,
    ],
    ['a malformed path', { require: { 'x[': { equals: 1 } } }, `require/x[: The path 'x[' has a '[' without its ']'.`],
    [
      'an option that is not declared',
      { options: { days: { default: 1, description: 'd' } }, require: { x: { atLeast: { option: 'dayz' } } } },
      `require/x/atLeast/option: The option 'dayz' is not declared under 'options'. Did you mean 'days'?`,
    ],
    [
      'a bound that is no number',
      { require: { x: { atLeast: 'soon' } } },
      'require/x/atLeast: A bound must be a number, not a string.',
    ],
    ['a pattern that RE2 refuses', { require: { x: { matches: '(a)\\1' } } }, 'require/x/matches: The pattern'],
    [
      'tests mixed with paths',
      { require: { x: { any: { equals: 1, y: { equals: 2 } } } } },
      'require/x/any: Tests (equals) and paths cannot be mixed here; use all: [ … ].',
    ],
    ['neither require nor check', { require: null as never, check: null as never }, ': A rule has either'],
    ['both require and check', { check: { name: 'network/open-ports' } }, `: A rule has either 'require' or 'check'.`],
    [
      'no resource type',
      { resource: 'storage' },
      `resource: 'storage' is no resource type such as Microsoft.Storage/storageAccounts.`,
    ],
    [
      'several profiles',
      { profiles: ['recommended', 'all'] },
      'profiles/1: Name only the smallest profile; the larger ones contain it.',
    ],
    [
      'a fix without its note',
      { fix: { title: 'Do it', effect: 'behaviour', set: { x: 1 } } },
      `fix: A fix with the effect 'behaviour' needs a 'note' that says what may happen.`,
    ],
    [
      'a fix that does nothing',
      { fix: { title: 'Do it', effect: 'neutral' } },
      `fix: A fix needs 'set', 'remove', 'addChild', 'addReferring' or 'handIn'.`,
    ],
    [
      'an ask without prompt',
      { fix: { title: 'Do it', effect: 'neutral', set: { x: { ask: { name: 'n', example: 1 } } } } },
      `fix/set/x/ask: 'ask' needs 'prompt'.`,
    ],
    [
      'child without type',
      { require: { child: { require: { x: { equals: 1 } } } } },
      `require/child: 'child' needs 'type'.`,
    ],
    [
      'an example of no language',
      { examples: [{ pulumi: { bad: '', good: '' } }] },
      `examples/0/pulumi: An example has no key 'pulumi'.`,
    ],
    [
      'an example fixed by nothing',
      { examples: [{ fixed: true, bicep: { bad: 'a', good: 'b' } }] },
      `examples/0: An example cannot be 'fixed' by a rule that has no fix.`,
    ],
  ];
  for (const [name, parts, expected] of cases) {
    it(`is refused with ${name}`, () => {
      expect(problems(parts).join('\n')).toContain(expected);
    });
  }

  it('over outputs takes a check for outputs', () => {
    const { resource: _, require: __, ...rest } = good;
    const compile = (parts: Record<string, Data>) =>
      compileRule('a/b', { ...rest, subject: 'outputs', ...parts }, { checks: checkSubjects, patternProblem });
    expect(compile({ check: { name: 'template/secret-output' } }).rule).toMatchObject({
      subject: 'outputs',
      types: [],
    });
    expect(compile({ check: { name: 'network/open-ports' } }).problems[0]?.message).toContain('looks at resources');
    expect(compile({ check: { name: 'template/secret-outputs' } }).problems[0]?.message).toContain(
      `Did you mean 'template/secret-output'?`,
    );
  });

  it('keeps its examples whole and knows which are fixed', () => {
    const parts = { ...good, fix: { title: 'Do it', effect: 'neutral', set: { 'properties.x': true } } };
    const examples = [{ bicep: { bad: 'a\n', good: ' b' } }, { fixed: false, terraform: { bad: 'c', good: 'd' } }];
    expect(compileRule('a/b', { ...parts, examples }, { checks: checkSubjects, patternProblem }).examples).toEqual([
      { language: 'bicep', bad: 'a\n', good: ' b', fixed: true },
      { language: 'terraform', bad: 'c', good: 'd', fixed: false },
    ]);
  });
});

describe('facts', () => {
  it('are refused with a misspelt key, a bad date or no source', () => {
    const found = compileFacts(
      {
        'A.B/c': {
          x: {
            absent: [
              { form: '2020-01-01', value: 1 },
              { from: '2020', value: 2 },
            ],
          },
        },
      },
      patternProblem,
    ).problems;
    expect(found.map(({ path, message }) => `${path.join('/')}: ${message}`)).toEqual([
      `A.B/c/x: A fact needs 'source'.`,
      `A.B/c/x/absent/0/form: A default has no key 'form'. Did you mean 'from'?`,
      'A.B/c/x/absent/1/from: A bound is an API version such as 2023-05-01.',
    ]);
  });

  it('keep tables under keys that are no types', () => {
    expect(compileFacts({ roles: { a: 'Owner' } }, patternProblem).facts.tables).toEqual({ roles: { a: 'Owner' } });
  });
});

describe('all documents together', () => {
  const document = (data: Data) => ({
    data,
    problems: [],
    describe: ({ path, message }: { path: readonly (string | number)[]; message: string }) =>
      `${path.join('/')}: ${message}`,
  });
  const none = { risk: undefined, versions: {}, services: undefined, rules: [], facts: [], lens: [] };

  it('hold a rule to the layers of its concern', () => {
    const services = document({
      models: { IaaS: {}, PaaS: {}, SaaS: {} },
      concerns: { exposure: ['applications'] },
      services: { Storage: { model: 'PaaS', types: ['Microsoft.Storage/storageAccounts'], holdsData: true } },
    });
    const compiled = compileDocuments({ ...none, services, rules: [{ ...document(good), id: 'a/b' }] });
    expect(compiled.problems).toEqual([
      'layer: A rule about exposure of Microsoft.Storage/storageAccounts names one of these layers: applications.',
    ]);
  });

  it('tell the problems of YAML', () => {
    const broken = { data: null, problems: ['facts/x.yaml:1:1: broken'], describe: () => '' };
    expect(compileDocuments({ ...none, facts: [broken] }).problems).toEqual(['facts/x.yaml:1:1: broken']);
  });
});
