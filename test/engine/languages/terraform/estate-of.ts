import { defaultBudget, type ResolveContext } from '../../../../engine/estate/context.ts';
import type { Estate } from '../../../../engine/estate/estate.ts';
import { TerraformFiles } from '../../../../engine/languages/terraform/files.ts';
import { resolveTerraform } from '../../../../engine/languages/terraform/resolve.ts';
import { shippedLens } from '../../../lens/tables.ts';
import { show } from '../bicep/estate-of.ts';

export const folder = 'file:///w/';
let lens: ReturnType<typeof shippedLens> | undefined;

/** Files by their path below the workspace, which is the root folder too; a path that begins with `..` lies beside it. */
export type Files = Readonly<Record<string, string>>;

/** The context of a workspace of these files. */
export function contextOf(files: Files, more: Partial<ResolveContext> = {}): ResolveContext {
  const names = Object.keys(files);
  return {
    snapshot: {
      file: (uri) => {
        if (!uri.startsWith(folder)) return { kind: 'unreadable', message: 'The file lies outside the workspace.' };
        const text = files[decodeURIComponent(uri.slice(folder.length))];
        return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
      },
      list: (uri) => {
        const below = names
          .filter((name) => (folder + name).startsWith(uri))
          .map((name) => (folder + name).slice(uri.length));
        if (below.length === 0) return { kind: 'absent' };
        const folders = below.filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/')));
        return {
          kind: 'entries',
          files: below.filter((name) => !name.includes('/')),
          folders: [...new Set(folders)],
        };
      },
    },
    budget: defaultBudget,
    foreign: () => undefined,
    depend: () => undefined,
    ...more,
  };
}

/** The estate of the files in the root folder, with the variable files that are named. */
export function estateOf(
  files: string | Files,
  parameterFiles: readonly string[] = [],
  more: Partial<ResolveContext> = {},
): Estate {
  const all = typeof files === 'string' ? { 'main.tf': files } : files;
  lens ??= shippedLens();
  return resolveTerraform(
    { language: 'terraform', uri: folder, parameterFiles: parameterFiles.map((name) => folder + name) },
    contextOf(all, more),
    new TerraformFiles(),
    lens,
  );
}

/** The output `o` of the root, as `show` writes values. */
export function outputOf(files: string | Files, parameterFiles: readonly string[] = []): string {
  const value = estateOf(files, parameterFiles).outputs.find((output) => output.atRoot && output.name === 'o')?.value;
  return value === undefined ? 'none' : show(value);
}
