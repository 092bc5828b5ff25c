import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiled } from './judge.ts';

const page = readFileSync(new URL('../../docs/catalogue.md', import.meta.url), 'utf8');

interface Row {
  readonly control: string;
  /** Undefined where there is none. */
  readonly rule: string | undefined;
  /** Why there is none, or what of the control the rule covers. */
  readonly note: string;
  readonly ids: readonly string[];
}

const rows = page.split('\n').flatMap((line): readonly Row[] => {
  const [, control = '', rule = '', ids = ''] = line.split('|').map((cell) => cell.trim());
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/.test(control)) return [];
  const [, link, note = ''] = /^(?:\[([^\]]+)\]\([^)]*\)|none)(?:: (.*))?$/.exec(rule) ?? [];
  return [{ control, rule: link, note, ids: [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id) }];
});

const rules = new Map(compiled.checks.rules.map((rule) => [rule.id, rule]));

describe('the table of controls', () => {
  it('names each control once', () => {
    const controls = rows.map(({ control }) => control);
    expect(controls.length).toBeGreaterThan(50);
    expect(controls.filter((control, index) => controls.indexOf(control) !== index)).toEqual([]);
  });

  it.each(rows)('is true of $control', ({ rule, note, ids }) => {
    if (rule === undefined) {
      expect(note.length).toBeGreaterThan(20);
      return;
    }
    expect(rules.get(rule)?.aliases ?? `there is no rule ${rule}`).toEqual(expect.arrayContaining([...ids]));
  });
});
