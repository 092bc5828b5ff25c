import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeEdits } from '../../../engine/text/compose-edits.ts';
import { applyEdits, type TextEdit } from '../../../engine/text/edit.ts';

/** Edits of a text of some length, none of which overlap. */
function editsOf(length: number, cuts: readonly number[], texts: readonly string[]): readonly TextEdit[] {
  const places = [...new Set(cuts.map((cut) => cut % (length + 1)))].sort((a, b) => a - b);
  const edits: TextEdit[] = [];
  for (let index = 0; index + 1 < places.length; index += 2) {
    edits.push({ start: places[index] ?? 0, end: places[index + 1] ?? 0, text: texts[index % texts.length] ?? '' });
  }
  return edits;
}

describe('composed edits', () => {
  it('do in one pass what the passes do one after another', () => {
    const pass = fc.record({
      cuts: fc.array(fc.nat(60), { maxLength: 8 }),
      texts: fc.array(fc.string({ maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.array(pass, { maxLength: 4 }), (text, wanted) => {
        const passes: (readonly TextEdit[])[] = [];
        let current = text;
        for (const { cuts, texts } of wanted) {
          const edits = editsOf(current.length, cuts, texts);
          passes.push(edits);
          current = applyEdits(current, edits);
        }
        expect(applyEdits(text, composeEdits(text.length, passes))).toBe(current);
      }),
    );
  });

  it('leave alone what no pass touches', () => {
    const passes = [[{ start: 2, end: 3, text: 'xyz' }], [{ start: 3, end: 4, text: '' }]];
    expect(composeEdits(10, passes)).toEqual([{ start: 2, end: 3, text: 'xz' }]);
  });
});
