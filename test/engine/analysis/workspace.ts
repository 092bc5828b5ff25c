import { Analysis, type LintRequest, type LintResult } from '../../../engine/analysis/analysis.ts';
import type { Snapshot } from '../../../engine/estate/snapshot.ts';
import { compiled } from '../../rules/judge.ts';

export const folder = 'file:///work/';

function uriIn(path: string): string {
  return path.includes('://') ? path : folder + path;
}

/** An analysis with all shipped rules. */
export function newAnalysis(): Analysis {
  return new Analysis(compiled.checks, () => compiled.lens);
}

/** Files by path below `folder`, or by their whole URI; folders are there as far as files are in them. */
export function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  const texts = new Map(Object.entries(files).map(([path, text]) => [uriIn(path), text]));
  const uris = [...texts.keys()];
  return {
    file: (uri) => {
      const text = texts.get(uri);
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    },
    list: (uri) => {
      const below = uris.filter((each) => each.startsWith(uri)).map((each) => each.slice(uri.length));
      if (below.length === 0) return { kind: 'absent' };
      return {
        kind: 'entries',
        files: below.filter((path) => !path.includes('/')),
        folders: [...new Set(below.flatMap((path) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : [])))],
      };
    },
  };
}

/** Lints files of a workspace, all of them unless `linted` names some. */
export function lint(
  files: Readonly<Record<string, string>>,
  options: Partial<LintRequest> & { readonly linted?: readonly string[]; readonly analysis?: Analysis } = {},
): LintResult {
  const { linted = Object.keys(files), analysis = newAnalysis(), ...request } = options;
  return analysis.lint({
    snapshot: snapshotOf(files),
    files: linted.map(uriIn).sort(),
    folder,
    profile: 'all',
    rules: [],
    today: '2026-01-01',
    ...request,
  });
}
