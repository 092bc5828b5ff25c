import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../../engine/text/edit.ts';
import { unifiedDiff } from '../../../engine/text/unified-diff.ts';

/** Applies a diff as its format says, every line that it expects compared. */
function patch(text: string, diff: string): string {
  const old = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  const lines = diff.split('\n');
  lines.pop();
  for (let index = 2; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const header = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line);
    if (header !== null) {
      const [start, count, newStart, newCount] = header.slice(1).map(Number) as [number, number, number, number];
      const from = count === 0 ? start : start - 1;
      result.push(...old.slice(at, from));
      at = from;
      expect(result.length).toBe(newCount === 0 ? newStart : newStart - 1);
      continue;
    }
    const bare = lines[index + 1]?.startsWith('\\') === true;
    const content = line.slice(1) + (bare ? '' : '\n');
    if (bare) index++;
    if (line.startsWith(' ') || line.startsWith('-')) expect(old[at++]).toBe(content);
    if (line.startsWith(' ') || line.startsWith('+')) result.push(content);
  }
  return [...result, ...old.slice(at)].join('');
}

describe('a unified diff', () => {
  it('shows three lines around a change, and changes that are near each other together', () => {
    const text = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join('');
    const at = (line: number): number => text.indexOf(`\n${line}\n`) + 1;
    const edits = [
      { start: at(5), end: at(5) + 1, text: 'five' },
      { start: at(12), end: at(12), text: 'new\n' },
      { start: at(20), end: at(20) + 3, text: '' },
    ];
    expect(unifiedDiff('a/b.tf', text, edits)).toBe(
      [
        '--- a/a/b.tf',
        '+++ b/a/b.tf',
        '@@ -2,13 +2,14 @@',
        ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8', ' 9', ' 10', ' 11', '+new', ' 12', ' 13', ' 14'],
        '@@ -17,4 +18,3 @@',
        ...[' 17', ' 18', ' 19', '-20'],
        '',
      ].join('\n'),
    );
  });

  it('is empty when nothing changes', () => {
    expect(unifiedDiff('a', 'x\n', [])).toBe('');
    expect(unifiedDiff('a', 'x\n', [{ start: 0, end: 1, text: 'x' }])).toBe('');
  });

  it('gives the new text when it is applied', () => {
    const line = fc.constantFrom('a', 'b', '', '\r', 'long line');
    const texts = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, ends]) => lines.join('\n') + (ends ? '\n' : ''));
    const cuts = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', 'x', 'x\ny', '\n', '\nz\n')), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(texts, cuts, (text, wanted) => {
        const edits: TextEdit[] = [];
        let from = 0;
        for (const [start, length, inserted] of wanted
          .map(([at, length, inserted]): [number, number, string] => [at % (text.length + 1), length, inserted])
          .sort(([a], [b]) => a - b)) {
          if (start < from) continue;
          const end = Math.min(text.length, start + length);
          edits.push({ start, end, text: inserted });
          from = end + 1;
        }
        const diff = unifiedDiff('a', text, edits);
        const after = applyEdits(text, edits);
        expect(diff === '' ? text : patch(text, diff)).toBe(after);
      }),
      { numRuns: 2_000 },
    );
  });
});
