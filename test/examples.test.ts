// The estate in examples/, as `demarc lint examples` sees it.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Analysis } from '../engine/analysis/analysis.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { compiled } from './rules/judge.ts';

const folder = 'file:///examples/';
const examples = new URL('../examples/', import.meta.url);
const texts = new Map(
  readdirSync(examples, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replaceAll('//', '/');
      return [folder + path.slice(examples.pathname.length), readFileSync(path, 'utf8')] as const;
    }),
);

const snapshot: Snapshot = {
  file: (uri) => {
    const text = texts.get(uri);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  },
  list: (uri) => {
    const below = [...texts.keys()].filter((each) => each.startsWith(uri)).map((each) => each.slice(uri.length));
    const files = below.filter((each) => !each.includes('/'));
    const folders = new Set(below.filter((each) => each.includes('/')).map((each) => each.slice(0, each.indexOf('/'))));
    return below.length === 0 ? { kind: 'absent' } : { kind: 'entries', files, folders: [...folders] };
  },
};

/** What is found in one team's folder: the rules, each once. */
function foundIn(team: string): readonly string[] {
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const { findings, notices } = analysis.lint({
    snapshot,
    files: [...texts.keys()].filter((uri) => uri.startsWith(`${folder}${team}/`)),
    folder,
    profile: 'recommended',
    rules: [],
    today: '2026-01-01',
  });
  expect(notices.filter(({ level }) => level !== 'information')).toEqual([]);
  return [...new Set(findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule))].sort();
}

describe.each(['bicep', 'arm', 'terraform'])('examples/%s', (team) => {
  it('makes the four mistakes that all teams make', () => {
    expect(foundIn(team)).toEqual(
      expect.arrayContaining([
        'appservice/https-only',
        'storage/firewall-default-deny',
        'storage/secure-transfer',
        'storage/shared-key-disabled',
      ]),
    );
  });
});
