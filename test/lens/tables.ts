import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compileLens, mergeLenses } from '../../engine/languages/terraform/lens-compile.ts';
import type { CompiledLens, Rows } from '../../engine/languages/terraform/lens-model.ts';

const folder = new URL('../../lens/azurerm/', import.meta.url);

/** The shipped tables, compiled. */
export function shippedLens(): CompiledLens {
  return mergeLenses(
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => compileLens(parse(readFileSync(new URL(file, folder), 'utf8')))),
  );
}

/** All rows of a table, those of nested lists and children included, each with the place where it is written. */
export function allRows(rows: Rows, place: string): readonly { readonly rows: Rows; readonly place: string }[] {
  return [
    { rows, place },
    ...rows.lists.flatMap((list) => allRows(list.rows, `${place}.${list.block.join('.')}`)),
    ...rows.children.flatMap((child) => allRows(child.rows, `${place}.${child.block.join('.')}`)),
  ];
}
