import { printPath } from '../../estate/path.ts';
import type { CompiledLens, Rows } from './lens-model.ts';

/** A property that a lens table writes. */
export interface LensPath {
  readonly terraformType: string;
  /** The Azure type that has the property. */
  readonly type: string;
  readonly path: string;
}

/** Every Azure property that some row of the tables writes. */
export function pathsOfLens(lens: CompiledLens): readonly LensPath[] {
  const paths: LensPath[] = [];
  for (const { terraformType, type, into, ...rows } of Object.values(lens.types)) {
    const azureType = type ?? into?.type;
    if (azureType !== undefined) collect(rows, terraformType, azureType, '', paths);
  }
  return paths;
}

function collect(rows: Rows, terraformType: string, type: string, base: string, paths: LensPath[]): void {
  const add = (to: string): void => {
    // Every table reads these two, whether or not the Azure type has them.
    if (base === '' && (to === 'location' || to === 'tags')) return;
    paths.push({ terraformType, type, path: base === '' ? to : `${base}.${to}` });
  };
  for (const { to } of rows.attributes) for (const path of to) add(printPath(path));
  for (const { to } of rows.derived) add(printPath(to));
  // A constant null says that the type has no such property.
  for (const { to, value } of rows.constants) if (value !== null) add(printPath(to));
  for (const list of rows.lists) {
    const items = `${printPath(list.to)}[]`;
    collect(list.rows, terraformType, type, base === '' ? items : `${base}.${items}`, paths);
  }
  for (const child of rows.children) collect(child.rows, terraformType, child.type, '', paths);
}
