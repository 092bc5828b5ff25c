// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the holes of Bicep strings look like that.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { children } from '../../../../engine/languages/bicep/children.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import type { BicepFile } from '../../../../engine/languages/bicep/syntax.ts';
import { allNodes, parseValue, show } from './show.ts';

const sample = `#disable-next-line some-code
@description('''
multi line
''')
@allowed(['a', 'b'])
param first 'a' | 'b' = 'a' // trailing

type shape = {
  @minLength(3)
  name: string
  'two words': int?
  *: resourceInput<'T@v'>.properties[*]
}

func twice(a int) int => a * 2

resource parent 'Microsoft.Foo/bars@2024-01-01' = if (first == 'a' && !empty(first)) {
  name: 'x\${uniqueString(resourceGroup().id, '\${first}')}y'
  tags: { a: 1, b: [1, 2, ...other] }
  properties: first == 'b'
    ? { on: true }
    : union({ off: -1 }, map(range(0, 2), i => { v: other[?i]!.?w }))
  /* nested */
  @batchSize(1)
  resource child 'bazs' = [for (item, index) in other: {
    name: 'c\${index}'
    ...item
  }]
}

module m 'br/public:avm/x:1.0.0' = [for i in range(0, 3): if (i > 0) {
  params: { text: $'''
\${i} is literal: \\n
''' }
}]

output o string = parent::child[0].id
`;

/** Every span lies in the text, and children lie in their parents, one behind the other. */
function checkSpans(file: BicepFile): void {
  const { length } = file.text;
  for (const node of allNodes(file)) {
    let from = node.start;
    for (const child of children(node)) {
      if (child.start < from || child.end < child.start || child.end > node.end) {
        throw new Error(`${child.kind} [${child.start}, ${child.end}) in ${node.kind} [${node.start}, ${node.end})`);
      }
      from = child.end;
    }
  }
  let last = 0;
  for (const { start, end } of file.problems) {
    if (start < last || end < start || end > length) throw new Error(`problem at [${start}, ${end})`);
    last = start;
  }
  last = 0;
  for (const { start, end } of file.comments) {
    if (start < last || end <= start || end > length) throw new Error(`comment at [${start}, ${end})`);
    last = end;
  }
}

describe('whatever the text', () => {
  test('the sample has no problem', () => {
    expect(parseBicep(sample, 'bicep').problems).toEqual([]);
  });

  test('every beginning of a file is read, its spans in order', () => {
    for (let length = 0; length <= sample.length; length++) {
      checkSpans(parseBicep(sample.slice(0, length), 'bicep'));
      checkSpans(parseBicep(sample.slice(length), 'bicep'));
    }
  });

  test('edits never throw, and spans stay in order', () => {
    const piece = fc.constantFrom(
      ...[
        "'",
        "'''",
        '${',
        "$'''",
        '}',
        '{',
        '[',
        ']',
        '(',
        ')',
        '\n',
        '\r\n',
        '@',
        ':',
        ',',
        '=>',
        '=',
        '?',
        '??',
        '!',
      ],
      ...[
        '.',
        '...',
        '::',
        'for ',
        'if ',
        'in ',
        'resource ',
        '\nparam ',
        '"',
        '#disable-next-line ',
        '/*',
        '//',
        '\\',
      ],
      ...['|', '<', '>', ';', '😀', '\ud83d', 'é', '\0', '\t', ' '],
    );
    const edit = fc.record({ at: fc.nat(sample.length), drop: fc.nat(12), put: fc.array(piece, { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('bicep', 'bicepparam'),
        (edits, kind) => {
          let text = sample;
          for (const { at, drop, put } of edits) text = text.slice(0, at) + put.join('') + text.slice(at + drop);
          checkSpans(parseBicep(text, kind as 'bicep' | 'bicepparam'));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('any text at all is read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => checkSpans(parseBicep(text, 'bicep'))),
      { numRuns: 2000 },
    );
  });

  test('line endings change nothing but offsets', () => {
    const shown = (text: string) => parseBicep(text, 'bicep').statements.map(show).join('\n').replaceAll('\\r', '');
    expect(shown(sample.replaceAll('\n', '\r\n'))).toBe(shown(sample));
    expect(parseBicep(sample.replaceAll('\n', '\r\n'), 'bicep').problems).toEqual([]);
  });

  test('what stands outside of all leaves is punctuation, keywords, comments and pragmas', () => {
    const file = parseBicep(sample, 'bicep');
    const covered = new Uint8Array(sample.length);
    for (const node of allNodes(file)) if (children(node).length === 0) covered.fill(1, node.start, node.end);
    for (const { start, end } of [...file.comments, ...file.pragmas]) covered.fill(1, start, end);
    for (const node of allNodes(file)) {
      // The texts between holes belong to the string itself.
      if (node.kind === 'string') covered.fill(1, node.start, node.end);
    }
    const rest = Array.from(sample, (character, at) => (covered[at] ? ' ' : character)).join('');
    const words = new Set(rest.match(/\w+/g));
    expect([...words].sort()).toEqual(['for', 'func', 'if', 'in', 'module', 'output', 'param', 'resource', 'type']);
  });
});

interface Printed {
  readonly text: string;
  readonly shown: string;
  /** How strongly it binds: 9 is a primary expression, 0 a conditional. */
  readonly binds: number;
}

const levels: Record<string, number> = {
  '??': 1,
  '||': 2,
  '&&': 3,
  '==': 4,
  '=~': 4,
  '<': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '%': 7,
};

/** An operand in parentheses where it must be. */
function operand(inner: Printed, least: number): { text: string; shown: string } {
  if (inner.binds >= least) return inner;
  return { text: `(${inner.text})`, shown: `(parenthesized ${inner.shown})` };
}

const name = fc.constantFrom('a', 'bc', 'for1', 'resource', 'existing', '_x');

const { expression } = fc.letrec<{ expression: Printed }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    name.map((text) => ({ text, shown: `(variable ${text})`, binds: 9 })),
    fc.nat(1000).map((value) => ({ text: `${value}`, shown: `(integer ${value})`, binds: 9 })),
    fc.string({ unit: 'grapheme', maxLength: 8 }).map((value) => {
      const escaped = value
        .replace(/[\\']/g, '\\$&')
        .replaceAll('${', '\\${')
        .replaceAll('\n', '\\n')
        .replaceAll('\r', '\\r');
      return { text: `'${escaped}'`, shown: `(string ${JSON.stringify([value])})`, binds: 9 };
    }),
    fc
      .tuple(fc.constantFrom(...Object.keys(levels)), tie('expression'), tie('expression'))
      .map(([operator, left, right]) => {
        const level = levels[operator] ?? 0;
        const [before, after] = [operand(left, level), operand(right, level + 1)];
        const shown = `(binary ${operator} ${before.shown} ${after.shown})`;
        return { text: `${before.text} ${operator} ${after.text}`, shown, binds: level };
      }),
    fc.tuple(fc.constantFrom('!', '-'), tie('expression')).map(([sign, inner]) => {
      const { text, shown } = operand(inner, 9);
      return { text: sign + text, shown: `(unary ${sign} ${shown})`, binds: 8 };
    }),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([condition, yes, no]) => {
      const first = operand(condition, 1);
      return {
        text: `${first.text} ? ${yes.text} : ${no.text}`,
        shown: `(ternary ${first.shown} ${yes.shown} ${no.shown})`,
        binds: 0,
      };
    }),
    fc.tuple(tie('expression'), name).map(([inner, property]) => {
      const { text, shown } = operand(inner, 9);
      return { text: `${text}.${property}`, shown: `(member ${shown} ${property})`, binds: 9 };
    }),
    fc.tuple(tie('expression'), tie('expression')).map(([inner, index]) => {
      const { text, shown } = operand(inner, 9);
      return { text: `${text}[?${index.text}]`, shown: `(index safe ${shown} ${index.shown})`, binds: 9 };
    }),
    fc.tuple(name, fc.array(tie('expression'), { maxLength: 3 })).map(([called, items]) => ({
      text: `${called}(${items.map((item) => item.text).join(', ')})`,
      shown: `(call ${[called, ...items.map((item) => item.shown)].join(' ')})`,
      binds: 9,
    })),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => ({
      text: `[\n${items.map((item) => item.text).join('\n')}\n]`,
      shown: `(${['array', ...items.map((item) => item.shown)].join(' ')})`,
      binds: 9,
    })),
    fc.array(fc.tuple(name, tie('expression')), { maxLength: 3 }).map((items) => ({
      text: `{ ${items.map(([key, item]) => `${key}: ${item.text}`).join(', ')} }`,
      shown: `(${['object', ...items.map(([key, item]) => `(property ${key} ${item.shown})`)].join(' ')})`,
      binds: 9,
    })),
    fc.tuple(name, tie('expression')).map(([parameter, body]) => ({
      text: `${parameter} => ${body.text}`,
      shown: `(lambda ${parameter} ${body.shown})`,
      binds: -1,
    })),
  ),
}));

test('what is written with as few parentheses as the precedence allows is read back the same', () => {
  fc.assert(
    fc.property(expression, (printed) => {
      expect(show(parseValue(printed.text))).toBe(printed.shown);
    }),
    { numRuns: 1500 },
  );
});
