// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import type { TerraformFile } from '../../../../engine/languages/terraform/syntax.ts';
import { samples } from './samples.ts';

const fragments = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    ',',
    '.',
    '=',
    ':',
    '?',
    '\n',
    '\r\n',
    ' ',
    '  ',
    '${',
    '%{',
    '~',
    '~}',
    '\\',
    '*',
  ],
  ...[
    '# c\n',
    '/*',
    '*/',
    '//',
    '-',
    '!',
    '&&',
    '||',
    '==',
    '=>',
    '...',
    '::',
    '<<E\n',
    '<<-E\n',
    '\nE\n',
    '[*]',
    '.*',
  ],
  ...[
    'for ',
    ' in ',
    ' if ',
    'else',
    'endif',
    'endfor',
    'true',
    'null',
    'a',
    'b',
    'f(',
    'a = ',
    'a = 1\n',
    'b "l" {\n',
    '}\n',
  ],
  ...[
    '1',
    '1.5',
    '.0',
    '"x"',
    "'",
    '`',
    ';',
    'é',
    '😀',
    '\ufeff',
    '\u00a0',
    '\u0000',
    '\ud800',
    '$${',
    '%%{',
    '\t',
    '\r',
  ],
];
const soup = fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join(''));
const sample = fc.constantFrom(...samples);
const edited = fc
  .tuple(
    sample,
    fc.array(fc.tuple(fc.nat(), fc.nat(4), fc.constantFrom('', ...fragments)), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, edits]) => {
    let result = text;
    for (const [at, remove, insert] of edits) {
      const offset = at % (result.length + 1);
      result = result.slice(0, offset) + insert + result.slice(offset + remove);
    }
    return result;
  });

test('any text is read, with spans that are nested and in order', () => {
  fc.assert(
    fc.property(fc.oneof(soup, edited), (text) => {
      checkSpans(parseTerraform(text));
    }),
    { numRuns: 2000 },
  );
});

test('a comment that brings a label to another line leaves the spans nested', () => {
  checkSpans(parseTerraform('r/*\n  a = 1\n*/location" {\n  b = 1\n}\n'));
  checkSpans(parseTerraform('terraform {\n  r/*equired {\n    a = 1\n  }\n}\n\nx "*/location" { type = string }\n'));
});

test('any beginning of a text is read', () => {
  for (const text of samples) {
    for (let length = 0; length <= text.length; length++) checkSpans(parseTerraform(text.slice(0, length)));
  }
});

test('a text survives being written and read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      const written = JSON.stringify(value)
        .replace(/\$\{/g, '$$$${')
        .replace(/%\{/g, '%%{')
        .replace(/\\[bf]/g, unicodeEscape);
      const { body, problems } = parseTerraform(`a = ${written}`);
      expect(problems).toEqual([]);
      const item = body.items[0];
      expect(item?.kind === 'attribute' && item.value.kind === 'string' && item.value.value).toBe(
        value.normalize('NFC'),
      );
    }),
  );
});

test('the parts of a flush heredoc are the source without its indentation', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '#', '{') });
  fc.assert(
    fc.property(fc.array(line), fc.nat(6), (lines, indentation) => {
      const margin = ' '.repeat(indentation);
      const marked = lines.map((content) => `x${content}`);
      const { body, problems } = parseTerraform(
        `a = <<-E\n${marked.map((content) => `${margin}${content}\n`).join('')}  E\n`,
      );
      expect(problems).toEqual([]);
      const item = body.items[0];
      const parts = item?.kind === 'attribute' && item.value.kind === 'template' ? item.value.parts : [];
      expect(parts.map((part) => part.kind === 'literal' && part.text)).toEqual(
        marked.map((content) => `${content}\n`),
      );
    }),
  );
});

test('nesting and chains of any length are one problem', () => {
  const many = 100_000;
  const texts = [
    `a = ${'('.repeat(many)}`,
    `a = ${'['.repeat(many)}${']'.repeat(many)}`,
    `a = ${'{a='.repeat(many)}`,
    `${'a {\n'.repeat(many)}${'}\n'.repeat(many)}`,
    `a = ${'-'.repeat(many)}1`,
    `a = ${'f('.repeat(many)}`,
    `a = ${'b ? c : '.repeat(many)}d`,
    `a = ${'"${'.repeat(many)}`,
    `a = "${'%{if a}'.repeat(many)}${'%{endif}'.repeat(many)}"`,
    `a = b${'.c'.repeat(many)}`,
    `a = b${'[*]'.repeat(many)}`,
    `a = b${'.*[0]'.repeat(many)}`,
    `a = 1${' + 1'.repeat(many)}`,
    `a = ${'[for a in '.repeat(many)}`,
  ];
  for (const text of texts) {
    const file = parseTerraform(`${text}\n`);
    expect(file.problems.map(({ message }) => message)).toEqual([expect.stringMatching(/nested too deeply/)]);
    // A walker of the tree may use the call stack.
    checkSpans(file);
  }
});

test('a file of mistakes takes time in proportion to its length', () => {
  // Quadratic time would show as minutes.
  const many = 100_000;
  const texts = [
    Array.from({ length: many }, (_, index) => `a${index} = <<E${index}\nx\n`).join(''),
    `a = [${'{ a = },'.repeat(many)}]`,
    'a = "${\n'.repeat(many),
    'x {\n  a = {\n'.repeat(many),
    `x { ${'a = {}, '.repeat(many)}`,
    '/*'.repeat(many),
  ];
  for (const text of texts) expect(parseTerraform(text).problems.length).toBeGreaterThan(0);
}, 60_000);

function checkSpans(file: TerraformFile): void {
  const { text, problems, comments, body } = file;
  checkNode(body, 0, text.length);
  let last = 0;
  for (const { start, end } of comments) {
    expect(start).toBeGreaterThanOrEqual(last);
    expect(end).toBeGreaterThan(start);
    last = end;
  }
  last = 0;
  for (const { start, end, message } of problems) {
    if (start < last || end < start || end > text.length || message === '')
      expect.fail(`bad problem ${start} ${end} ${message}`);
    last = start;
  }
}

/** Checks a node's span against that of its parent, and the order of nodes in lists. */
function checkNode(node: object, from: number, to: number): void {
  const { start, end } = node as { start: number; end: number };
  if (!(from <= start && start <= end && end <= to)) {
    expect.fail(`span ${start}–${end} outside ${from}–${to}: ${JSON.stringify(node).slice(0, 300)}`);
  }
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      let last = start;
      for (const child of value as { start: number; end: number }[]) {
        checkNode(child, last, end);
        last = child.end;
      }
    } else if (typeof value === 'object' && value !== null) {
      checkNode(value, start, end);
    }
  }
}

function unicodeEscape(written: string): string {
  return written === '\\b' ? '\\u0008' : '\\u000c';
}
