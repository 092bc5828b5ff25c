import { describe, expect, it } from 'vitest';
import { directiveSlotAt, suppressionRemoval, suppressionsIn } from '../../../engine/analysis/directives.ts';
import { Sources } from '../../../engine/analysis/sources.ts';
import { defaultBudget } from '../../../engine/estate/context.ts';
import { applyEdits } from '../../../engine/text/edit.ts';

function sourceOf(uri: string, text: string) {
  const reader = {
    snapshot: { file: () => ({ kind: 'text', text }) as const, list: () => ({ kind: 'absent' }) as const },
    budget: defaultBudget,
    depend: () => undefined,
  };
  const source = new Sources().get(uri, reader);
  if (source === undefined) throw new Error('the text was not read');
  return source;
}

/** Takes out the suppression of a rule. */
function without(rule: string, text: string, uri = 'file:///a.bicep'): string {
  const source = sourceOf(uri, text);
  const found = suppressionsIn(uri, source).find((each) => each.rule === rule);
  const edit = found === undefined ? undefined : suppressionRemoval(uri, source, found.place);
  return applyEdits(text, edit === undefined ? [] : [edit]);
}

describe('a suppression is taken out', () => {
  it.each([
    ['with its line', 'var a = 1\n  // demarc:ignore x/y -- why\nvar b = 2\n', 'var a = 1\nvar b = 2\n'],
    ['with its line that ends in CRLF', '// demarc:ignore x/y -- why\r\nvar b = 2\r\n', 'var b = 2\r\n'],
    ['from behind code', 'var a = 1 // demarc:ignore x/y -- why\nvar b = 2\n', 'var a = 1\nvar b = 2\n'],
    ['at the end of the text', 'var a = 1\n// demarc:ignore x/y -- why', 'var a = 1\n'],
    ['beside another', '// demarc:ignore x/y, x/z -- why\nvar b = 2\n', '// demarc:ignore x/z -- why\nvar b = 2\n'],
  ])('%s', (_, text, expected) => {
    expect(without('x/y', text)).toBe(expected);
  });

  it('in Terraform', () => {
    expect(without('x/y', '# demarc:ignore x/y -- why\nresource "a" "b" {}\n', 'file:///a.tf')).toBe(
      'resource "a" "b" {}\n',
    );
  });
});

describe('what may be written', () => {
  const kindAt = (line: string): string | undefined =>
    directiveSlotAt('file:///a.bicep', sourceOf('file:///a.bicep', `${line}\nvar a = 1\n`), line.length)?.kind;

  it.each([
    ['// de', 'directive'],
    ['// demarc:ig', 'directive'],
    ['// demarc:ignore ', 'rule'],
    ['// demarc:ignore-file storage/m', 'rule'],
    ['// demarc:ignore x/y, s', 'rule'],
    ['// demarc:ignore x/y until ', undefined],
    ['// demarc:ignore x/y -- because', undefined],
    ['// words', undefined],
    ['var demarc', undefined],
  ])('behind %j is %s', (line, kind) => {
    expect(kindAt(line)).toBe(kind);
  });
});
