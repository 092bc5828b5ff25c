// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../engine/estate/context.ts';
import type { Estate } from '../../../../engine/estate/estate.ts';
import { isNothing } from '../../../../engine/estate/operations.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { estateOf, outputOf, show } from './estate-of.ts';

const names = ['p', 'q', 'r', 's', 'a', 'b', 'f', 'm', 'x', 'none'];

/** Expressions of every kind, over the names of `program`; many of them make no sense. */
const { expression } = fc.letrec<{ expression: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom("'t'", "''", '0', '1', '7', 'true', 'false', 'null', '[]', '{}', "'${p}-y'", 'resourceGroup().id'),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('atom'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '/', '%', '==', '!=', '=~', '&&', '||', '??', '<'),
        tie('expression'),
      )
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, l, r]) => `(${c} ? ${l} : ${r})`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('.x', '.?x', '.id', '.name', '.outputs.o', '[0]', '[?1]', "['x']", '[^1]', '!', '::n'),
      )
      .map(([e, m]) => `${e}${m}`),
    fc.tuple(tie('expression'), tie('expression')).map(([i, k]) => `(${i})[${k}]`),
    tie('expression').map((e) => `!(${e})`),
    tie('expression').map((e) => `-(${e})`),
    tie('expression').map((e) => (e.includes('{') || e.includes('[') ? "'none'" : `'<\${${e}}>'`)),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([v, w]) => `{ x: ${v}, ...(${w}), y: [...(${v})] }`),
    fc.tuple(tie('expression'), tie('expression')).map(([c, e]) => `[for (x, i) in ${c}: [x, i, ${e}]]`),
    fc
      .tuple(fc.constantFrom('map', 'filter', 'toObject', 'groupBy', 'mapValues'), tie('expression'), tie('expression'))
      .map(([n, c, e]) => `${n}(${c}, x => ${e})`),
    fc
      .tuple(fc.constantFrom('sort'), tie('expression'), tie('expression'))
      .map(([n, c, e]) => `${n}(${c}, (x, y) => ${e})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([c, i, e]) => `reduce(${c}, ${i}, (x, y) => ${e})`),
    fc
      .tuple(
        fc.constantFrom(
          'union',
          'concat',
          'contains',
          'intersection',
          'take',
          'split',
          'format',
          'join',
          'resourceId',
          'indexOf',
          'min',
          'range',
        ),
        tie('expression'),
        tie('expression'),
      )
      .map(([n, l, r]) => `${n}(${l}, ${r})`),
    fc
      .tuple(
        fc.constantFrom(
          'empty',
          'length',
          'first',
          'items',
          'flatten',
          'string',
          'json',
          'toLower',
          'array',
          'f',
          'guid',
          'listKeys',
          'objectKeys',
          'any',
          'bool',
          'fail',
        ),
        tie('expression'),
      )
      .map(([n, e]) => `${n}(${e})`),
  ),
}));

/** A program around some expressions. */
const program = fc.tuple(expression, expression, expression, expression, expression, expression, expression).map(
  ([default_, variable, name, condition, items, argument, output]) => `param p string
@allowed(['t', 'u'])
param q string
param r object = ${default_}
param s array?
var a = ${variable}
var b = { x: a, y: [p, q] }
func f(x object) object => { x: x, y: ${variable} }
resource x 'A.B/c@1' = if (${condition}) {
  name: ${name}
  properties: { v: ${output} }
  resource n 'd' = [for each in ${items}: {
    name: each
    properties: { w: ${argument} }
  }]
}
module m 'm.bicep' = [for (each, i) in ${items}: if (${condition}) {
  params: { p: ${argument}, each: each }
}]
output o object = ${output}
`,
);

const module =
  "param p object\nparam each string = 'e'\nresource y 'A.B/c@1' = { name: each, properties: { p: p } }\noutput o object = p\n";
const budget = { ...defaultBudget, loopInstances: 4 };

function resolved(text: string): Estate {
  return estateOf({ 'main.bicep': text, 'm.bicep': module }, undefined, { budget });
}

/** Everything that there is to know of an estate. */
function forced(estate: Estate): readonly string[] {
  const lines = estate.resources.map((each) =>
    [
      each.address + each.instance,
      each.type,
      each.names.map(show).join(','),
      show(each.exists),
      show(each.body),
      each.parent?.address,
      each.scope === undefined ? '' : show(each.scope),
    ].join(' '),
  );
  return [...lines, ...estate.outputs.map((each) => `${each.address} ${show(each.value)} ${each.secure}`)];
}

describe('resolving any program', () => {
  it('never throws, and gives the same each time', () => {
    fc.assert(
      fc.property(program, (text) => {
        expect(forced(resolved(text))).toEqual(forced(resolved(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on a part of one', () => {
    fc.assert(
      fc.property(program, fc.nat(), fc.nat({ max: 40 }), (text, from, length) => {
        const cut = from % text.length;
        forced(resolved(text.slice(0, cut)));
        forced(resolved(text.slice(0, cut) + text.slice(cut + length)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a variable the value of its expression', () => {
    fc.assert(
      fc.property(expression, (written) => {
        const declarations = "param p string\n@allowed(['t', 'u'])\nparam q string\nparam r object\nvar s = ['k']\n";
        const direct = `${declarations}output o object = ${written}\n`;
        fc.pre(parseBicep(direct, 'bicep').problems.length === 0);
        const indirect = `${declarations}var v = ${written}\noutput o object = v\n`;
        expect(show(outputOf(estateOf(indirect)))).toBe(show(outputOf(estateOf(direct))));
      }),
      { numRuns: 300 },
    );
  });
});

describe('arithmetic and logic', () => {
  const { number, truth } = fc.letrec<{ number: readonly [string, number]; truth: readonly [string, boolean] }>(
    (tie) => ({
      number: fc.oneof(
        { depthSize: 'small' },
        fc.nat({ max: 99 }).map((n) => [String(n), n] as const),
        fc.tuple(tie('number'), tie('number')).map(([l, r]) => [`(${l[0]} + ${r[0]})`, l[1] + r[1]] as const),
        fc.tuple(tie('number'), tie('number')).map(([l, r]) => [`(${l[0]} - ${r[0]})`, l[1] - r[1]] as const),
        fc
          .tuple(tie('truth'), tie('number'), tie('number'))
          .map(([c, l, r]) => [`(${c[0]} ? ${l[0]} : ${r[0]})`, c[1] ? l[1] : r[1]] as const),
      ),
      truth: fc.oneof(
        { depthSize: 'small' },
        fc.boolean().map((b) => [String(b), b] as const),
        tie('truth').map((b) => [`!${b[0]}`.replace('!!', '!(!') + (b[0].startsWith('!') ? ')' : ''), !b[1]] as const),
        fc.tuple(tie('truth'), tie('truth')).map(([l, r]) => [`(${l[0]} && ${r[0]})`, l[1] && r[1]] as const),
        fc.tuple(tie('truth'), tie('truth')).map(([l, r]) => [`(${l[0]} || ${r[0]})`, l[1] || r[1]] as const),
        fc.tuple(tie('number'), tie('number')).map(([l, r]) => [`(${l[0]} < ${r[0]})`, l[1] < r[1]] as const),
        fc.tuple(tie('number'), tie('number')).map(([l, r]) => [`(${l[0]} == ${r[0]})`, l[1] === r[1]] as const),
      ),
    }),
  );

  it('agree with JavaScript', () => {
    fc.assert(
      fc.property(fc.oneof(number, truth), ([written, expected]) => {
        expect(show(outputOf(estateOf(`output o int = ${written}\n`)))).toBe(String(expected));
      }),
    );
  });
});

/** Whether a value may turn out to be another, once more is known. */
function admits(general: Value, specific: Value): boolean {
  if (general.kind === 'unknown' || specific.kind === 'unknown') return true;
  if (specific.kind === 'choice') return specific.options.every((option) => admits(general, option));
  switch (general.kind) {
    case 'choice':
      return general.options.some((option) => admits(option, specific));
    case 'absent':
    case 'scalar':
      return isNothing(general) ? isNothing(specific) : show(general) === show(specific);
    case 'text':
      return specific.kind === 'scalar' || specific.kind === 'text' || specific.kind === 'reference';
    case 'reference':
      return show(general) === show(specific) || general.path.length > 0;
    case 'object': {
      if (specific.kind !== 'object') return false;
      const keys = general.keys();
      if (general.open === undefined && specific.keys().some((key) => !keys.includes(key))) return false;
      return keys.every((key) => admits(general.get(key), specific.get(key)));
    }
    case 'array': {
      if (specific.kind !== 'array') return false;
      if (general.open !== undefined) return specific.items.length + (specific.open ? 1 : 0) >= general.items.length;
      if (specific.open !== undefined) return true;
      return (
        general.items.length === specific.items.length &&
        general.items.every((item, index) => admits(item, specific.items[index] ?? item))
      );
    }
  }
}

describe('what is known in part', () => {
  it('admits what the whole turns out to be', () => {
    const declarations = (condition: string, text: string, list: string): string =>
      `param c bool${condition}
param t string${text}
param l array${list}
var p = c ? 't' : t
var q = c
var r = { x: c ? 1 : 2, ...(c ? { y: t } : {}) }
var s = concat(['k'], c ? ['t'] : [], l)
var a = t
var b = l
`;
    const whole = fc.record({
      condition: fc.constantFrom(' = true', ' = false'),
      text: fc.constantFrom(" = 't'", " = ''", " = 'other'"),
      list: fc.constantFrom(' = []', " = ['t']", " = [{ x: 1 }, 'u']"),
    });
    fc.assert(
      fc.property(expression, whole, (written, { condition, text, list }) => {
        const open = outputOf(estateOf(`${declarations('', '', '')}output o object = ${written}\n`));
        const closed = outputOf(estateOf(`${declarations(condition, text, list)}output o object = ${written}\n`));
        expect([admits(open, closed), show(open), show(closed)]).toEqual([true, show(open), show(closed)]);
      }),
      { numRuns: 500, seed: 8 },
    );
  });
});
