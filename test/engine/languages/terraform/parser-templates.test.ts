// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import type { Expression } from '../../../../engine/languages/terraform/syntax.ts';
import { print } from './print.ts';

describe('quoted texts', () => {
  test.each([
    ['""', '""'],
    ['"a"', '"a"'],
    [String.raw`"\n\r\t\"\\\u00e9\U0001F600"`, JSON.stringify('\n\r\t"\\é😀')],
    ['"$${a} %%{b} $ % $$ %% $a{ 100%"', '"${a} %{b} $ % $$ %% $a{ 100%"'],
    ['"$$${a}"', '"$${a}"'],
    ['"n\u0303"', '"ñ"'],
    ['"${a}"', 'wrap(a)'],
    ['"${~ a ~}"', 'wrap(a)'],
    ['"${"${a}"}"', 'wrap(wrap(a))'],
    ['"${"a"}"', 'wrap("a")'],
    ['"a ${b} c"', 'template("a " b " c")'],
    ['"${a}${b}"', 'template(a b)'],
    ['"a ${~ b ~} c"', 'template("a" b "c")'],
    ['"  ${~ b ~}\\n\\t "', 'template(b)'],
    ['"${ {a = "}"}.a }"', 'wrap({a = "}"}.a)'],
    ['"%{ if a }b%{ endif }"', 'template(if(a ? "b" : ))'],
    ['"x %{~ if a ~} b %{~ else ~} c %{~ endif ~} y"', 'template("x" if(a ? "b" : "c") "y")'],
    ['"%{ for a in b }${a},%{ endfor }"', 'template(each(a in b : a ","))'],
    ['"%{ for k, v in m }%{ if v }${k}%{ endif }%{ endfor }"', 'template(each(k, v in m : if(v ? k : )))'],
    ['"$%{ if a }b%{ endif }"', 'template("$" if(a ? "b" : ))'],
  ])('reads %s', (text, expected) => {
    expect(print(parse(text))).toBe(expected);
  });

  test('literals have the span of what remains after trimming', () => {
    const text = '"ab  ${~ x ~}  cd"';
    const template = parse(text);
    if (template.kind !== 'template') throw new Error(template.kind);
    expect(template.parts.map(({ start, end }) => text.slice(start - 4, end - 4))).toEqual(['ab', '${~ x ~}', 'cd']);
  });
});

describe('heredocs', () => {
  test.each([
    ['<<E\nE\n', 'template()'],
    ['<<E\na\n b\nE\n', 'template("a\\n" " b\\n")'],
    ['<<E\n  a\n  E\n', 'template("  a\\n")'],
    ['<<E\n\\n "q" $${a} $$ %\nE\n', 'template("\\\\n \\"q\\" ${a} $$ %\\n")'],
    ['<<E\nnot E\nE x\nE\n', 'template("not E\\n" "E x\\n")'],
    ['<<E\r\na\r\nE\r\n', 'template("a\\r\\n")'],
    ['<<E\n${a}\nE\n', 'template(a "\\n")'],
    ['<<E\n${a ~}\nE\n', 'template(a)'],
    ['<<E\na\n  ${~ b}\nE\n', 'template("a\\n" b "\\n")'],
    ['<<E\na\n${~ b}\nE\n', 'template("a" b "\\n")'],
    ['<<-E\n    a\n      b\n    c\n  E\n', 'template("a\\n" "  b\\n" "c\\n")'],
    ['<<-E\n    a\n\n    b\n  E\n', 'template("a\\n" "\\n" "b\\n")'],
    ['<<-E\n    a\n  ${b}\n    c\n  E\n', 'template("  a\\n" b "\\n" "  c\\n")'],
    ['<<-E\n\ta\n  b\n  E\n', 'template("a\\n" " b\\n")'],
    ['<<-E\n  \u2003a\n  b\n  E\n', 'template("\u2003a\\n" "b\\n")'],
    ['<<-E\n  a\n  %{ if b }\n  c\n  %{ endif }\n  E\n', 'template("a\\n" if(b ? "\\n" "c\\n" : ) "\\n")'],
    ['<<-E\n  ${<<-F\n    x\n  F\n}\n  E\n', 'template(template("x\\n") "\\n")'],
  ])('reads %j', (text, expected) => {
    expect(print(parse(text))).toBe(expected);
  });

  test('have their marker, their lines and the source of each line', () => {
    const text = '<<-END\n    one\n      two $${x}\n  END  \n';
    const template = parse(text);
    if (template.kind !== 'template' || template.heredoc === undefined) throw new Error(template.kind);
    const { heredoc, parts } = template;
    expect([heredoc.marker, heredoc.flush]).toEqual(['END', true]);
    expect(text.slice(heredoc.start - 4, heredoc.end - 4)).toBe('    one\n      two $${x}\n');
    expect(text.slice(template.start - 4, template.end - 4)).toBe('<<-END\n    one\n      two $${x}\n  END');
    expect(parts.map(({ start, end }) => text.slice(start - 4, end - 4))).toEqual(['one\n', '  two $${x}\n']);
  });
});

/** Reads an expression; its offsets are those in `a = …`. */
function parse(text: string): Expression {
  const { body, problems } = parseTerraform(`a = ${text}\nb = 1`);
  expect(problems).toEqual([]);
  expect(body.items.length).toBe(2);
  const item = body.items[0];
  if (item?.kind !== 'attribute') throw new Error('no attribute');
  return item.value;
}
