import { Sources } from '../engine/analysis/sources.ts';
import { calledAs, mayHaveTargets, targetsOf } from '../engine/analysis/targets.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { fileNameOf, folderOf, isBelow } from '../engine/text/uri.ts';

/**
 * Of a set of files those that are needed to judge some of them: themselves, what calls them, directly or through others,
 * and the files of the same Terraform folders. What they call is found from them. Only a file in which the name of another
 * one stands is parsed to see whether it calls it.
 */
export function withCallers(
  files: readonly string[],
  wanted: ReadonlySet<string>,
  snapshot: Snapshot,
): readonly string[] {
  const sources = new Sources();
  const reader = { snapshot, budget: defaultBudget, depend: () => {} };
  const textOf = (uri: string): string => {
    const state = snapshot.file(uri);
    return state.kind === 'text' ? state.text : '';
  };
  const targets = new Map<string, readonly string[]>();
  const leadsTo = (uri: string, names: readonly string[]): boolean => {
    let known = targets.get(uri);
    if (known === undefined) {
      const source = sources.get(uri, reader);
      known = source === undefined ? [] : targetsOf(uri, source);
      targets.set(uri, known);
    }
    return known.some((target) => names.includes(target));
  };
  const found = new Set<string>();
  const left = new Set(files);
  const waiting = files.filter((uri) => wanted.has(uri));
  for (const uri of waiting) left.delete(uri);
  for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) {
    found.add(uri);
    const names = calledAs(uri);
    const written = names.map((name) => (name.endsWith('/') ? fileNameOf(name.slice(0, -1)) : fileNameOf(name)));
    for (const other of left) {
      const text = textOf(other);
      const mayCall =
        mayHaveTargets(other, text) && (written.some((name) => text.includes(name)) || mayCallByDots(uri, text));
      if (!(mayCall && leadsTo(other, names)) && !isUsedWith(uri, other)) continue;
      left.delete(other);
      waiting.push(other);
    }
  }
  return files.filter((uri) => found.has(uri));
}

const isTerraform = (uri: string): boolean => /\.(tf|tofu|tfvars)(\.json)?$/i.test(uri);

/** A Terraform module above is called without its name: `source = "../"`. Parameter files name no template at all. */
function mayCallByDots(uri: string, text: string): boolean {
  return isTerraform(uri) ? text.includes('"..') : text.includes('deploymentParameters.json');
}

/** Files of one Terraform folder are one module; variable files are mostly kept in or below the folder that takes them. */
function isUsedWith(uri: string, other: string): boolean {
  if (!isTerraform(uri) || !isTerraform(other)) return false;
  return folderOf(uri) === folderOf(other) || (/\.tfvars(\.json)?$/i.test(uri) && isBelow(uri, folderOf(other)));
}
