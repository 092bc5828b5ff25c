// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import { printBody } from './print.ts';

/** Each text has one mistake: where its problem begins, and what is read all the same. */
const mistakes: readonly [what: string, text: string, at: string, body: string][] = [
  ['a missing value', 'a =\nb = 1\n', '\nb', 'a = ?; b = 1'],
  ['a missing value in a block', 'x {\n  a =\n  b = 1\n}\ny {}\n', '\n  b', 'x { a = ?; b = 1 }; y {}'],
  ['a name alone', 'x {\n  loc\n  b = 1\n}\n', '\n  b', 'x { b = 1 }'],
  ['a dot without a name', 'x {\n  a = var.\n  b = 1\n}\n', '\n  b', 'x { a = var.; b = 1 }'],
  ['an unfinished operation', 'a = 1 +\nb = 1\n', '\nb', 'a = (1 + ?); b = 1'],
  ['two arguments on a line', 'a = 1 b = 2\nc = 3\n', 'b = 2', 'a = 1; c = 3'],
  ['a comma after an argument', 'x {\n  a = 1,\n  b = 2\n}\n', ',', 'x { a = 1; b = 2 }'],
  ['an unclosed text', 'x {\n  a = "one\n  b = "two"\n}\n', '"one', 'x { a = ?; b = "two" }'],
  ['a text over two lines', 'x {\n  a = "one\ntwo three"\n  b = 2\n}\n', '"one', 'x { a = ?; b = 2 }'],
  ['an unclosed interpolation', 'x {\n  a = "${b.c"\n  d = 1\n}\n', '"\n', 'x { a = ?; d = 1 }'],
  ['an unclosed list', 'x {\n  a = [\n    1,\n    2\n  b = 3\n}\ny {}\n', 'b', 'x { a = [1, 2]; b = 3 }; y {}'],
  ['an unclosed list before a brace', 'x {\n  a = [\n    1,\n}\ny {}\n', '}', 'x { a = [1, ?] }; y {}'],
  ['an unclosed call', 'x {\n  a = f(1\n  b = 3\n}\ny {}\n', 'b', 'x { a = f(1); b = 3 }; y {}'],
  ['an unclosed object', 'x {\n  a = {\n    b = 1\n  c = 2\n}\ny {}\n', '{\n    b', 'x { a = {b = 1}; c = 2 }; y {}'],
  [
    'an unclosed object in an object',
    'a = {\n  b = {\n    c = 1\n  d = 2\n}\ne = 3\n',
    '{\n    c',
    'a = {b = {c = 1}, d = 2}; e = 3',
  ],
  ['an unclosed block', 'x {\n  y {\n    a = 1\n  b = 2\n}\nz {}\n', 'y', 'x { y { a = 1 }; b = 2 }; z {}'],
  ['an unclosed block at the top', 'x "a" {\n  b = 1\n\ny {\n  c = 2\n}\n', 'x', 'x "a" { b = 1 }; y { c = 2 }'],
  ['an unclosed block at the end', 'x {\n  b = 1\n', 'x', 'x { b = 1 }'],
  ['an unclosed block before a brace', 'x {\n  y {\n    a = 1\n}\nz {}\n', 'y', 'x { y { a = 1 } }; z {}'],
  ['an unclosed block on one line', 'x { a = 1\ny {}\n', 'x', 'x { a = 1 }; y {}'],
  ['a brace too many', 'x {\n}\n}\ny {}\n', '}\ny', 'x {}; y {}'],
  ['a block without its brace', 'x "y"\n  a = 1\n}\nz {}\n', '\n  a', 'x "y" { a = 1 }; z {}'],
  ['an unclosed label', 'x "y {\n  a = 1\n}\nz {}\n', '"y', 'x "y {" { a = 1 }; z {}'],
  ['a label with an interpolation', 'x "${y}" {\n  a = 1\n}\n', '${', 'x "${y}" { a = 1 }'],
  ['an equals sign in a header', 'x "y" = {\n  a = 1\n}\nz {}\n', '=', 'x "y" { a = 1 }; z {}'],
  ['arguments on the line of a block', 'x { a = 1, b = 2 }\ny {}\n', 'a', 'x { a = 1; b = 2 }; y {}'],
  ['a block on the line of a block', 'x { y { a = 1 } }\nz {}\n', 'y', 'x { y { a = 1 } }; z {}'],
  ['a block behind a block', 'x {} y {}\nz {}\n', 'y', 'x {}; z {}'],
  ['a block closed on the line of an argument', 'x {\n  a = 1 }\ny {}\n', '}', 'x { a = 1 }; y {}'],
  ['a bad item of an object', 'a = {\n  b = 1\n  c = ]\n  d = 2\n}\ne = 3\n', ']', 'a = {b = 1, c = ?, d = 2}; e = 3'],
  ['an item without a value', 'a = {\n  b\n  c = 1\n}\n', '\n  c', 'a = {c = 1}'],
  ['a block in an object', 'a = {\n  b {\n    c = 1\n  }\n  d = 2\n}\n', '{\n    c', 'a = {d = 2}'],
  ['an object in a list', 'a = [\n  {\n    b =\n    c = 1\n  },\n  2\n]\n', '\n    c', 'a = [{b = ?, c = 1}, 2]'],
  ['a quoted name', 'x {\n  "a" = 1\n  b = 2\n}\n', '"a"', 'x { b = 2 }'],
  ['lines that are nothing', 'a = 1\n) (\n? !\n" ;\nb = 2\n', ')', 'a = 1; b = 2'],
  ['an unclosed heredoc', 'x {\n  a = <<EOT\n    text { [\n  b = 1\n}\ny {}\n', '<<', 'x { a = ?; b = 1 }; y {}'],
  ['an unclosed comment', 'a = 1\nx {\n  /* b = 2\n}\n', '/*', 'a = 1; x {}'],
  ['a bad escape', 'a = "x\\qy"\nb = 1\n', '\\q', 'a = "xqy"; b = 1'],
  ['a directive without its end', 'a = "%{ if b }c${d}"\nb = 1\n', '%{', 'a = template("c" d); b = 1'],
  ['an argument set twice', 'a = 1\nb = 2\na = 3\n', 'a = 3', 'a = 1; b = 2; a = 3'],
  ['a bad number', 'a = 1.2.3\nb = 1\n', '1.2.3', 'a = 1.2.3; b = 1'],
];

test.each(mistakes)('%s is one problem, and its siblings survive', (_what, text, at, body) => {
  const file = parseTerraform(text);
  expect(file.problems.map(({ message }) => message)).toHaveLength(1);
  const problem = file.problems[0];
  const wanted = text.indexOf(at);
  // What is missing at the end of a line is reported at the end of what stands before it.
  expect(text.slice(problem?.start).startsWith(at), `${problem?.start} ${wanted} ${problem?.message}`).toBe(true);
  expect(printBody(file.body)).toBe(body);
});

describe('what could not be read is marked', () => {
  test('in a body', () => {
    const { body } = parseTerraform('x {\n  a = 1 2\n}\ny {\n  b = 1\n}\n');
    expect(body.items.map((item) => item.kind === 'block' && item.body.complete)).toEqual([false, true]);
    expect(body.complete).toBe(true);
  });

  test('in an object', () => {
    const { body } = parseTerraform('a = {\n  b = 1\n  c d\n}\n');
    const item = body.items[0];
    expect(item?.kind === 'attribute' && item.value.kind === 'object' && item.value.complete).toBe(false);
  });

  test('by an absent closing mark', () => {
    const { body } = parseTerraform('a = [1, 2\nb = f(1\n');
    expect(body.items.map((item) => item.kind === 'attribute' && 'close' in item.value && item.value.close)).toEqual([
      -1, -1,
    ]);
  });
});

test('each of several mistakes is reported, in order', () => {
  const text = 'x {\n  a = \n}\ny {\n  b = 1\n  c = "d\n}\nz {\n  e = f(\n}\n';
  const { problems, body } = parseTerraform(text);
  expect(problems.map(({ start }) => text.slice(0, start).split('\n').length)).toEqual([2, 6, 10]);
  expect(printBody(body)).toBe('x { a = ? }; y { b = 1; c = ? }; z { e = f(?) }');
});

test('badly indented code is read by its brackets', () => {
  const text = 'x {\na = {\nb = 1\n}\ny {\nc = ]\n}\n}\n}\nz = 1\n';
  const { problems, body } = parseTerraform(text);
  expect(problems.map(({ start }) => start)).toEqual([text.indexOf(']'), text.lastIndexOf('}')]);
  expect(printBody(body)).toBe('x { a = {b = 1}; y { c = ? } }; z = 1');
});

test('messages say what was expected and what is there', () => {
  const messages = ['a = [1 2]', "a = 'x'", 'a b\n', 'a = {\n  b = 1', 'a = "${b c}"', 'a = <<E\nx\n'].map(
    (text) => parseTerraform(text).problems[0]?.message,
  );
  expect(messages).toEqual([
    'Expected "," or "]" after a list element, but found "2".',
    'Expected a value, but found a single quote (text is written in double quotes).',
    'Expected a label or "{" on the line of the block "a", but found the end of the line.',
    'This object is not closed; expected "}" before the end of the file.',
    'Expected "}" to end the interpolation ("$${" writes the characters themselves), but found "c".',
    'This heredoc is not closed; expected a line, ended by a line break, that holds only "E".',
  ]);
});
