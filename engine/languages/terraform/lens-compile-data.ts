import { type PropertyPath, parsePath } from '../../estate/path.ts';
import { type Data, type DataObject, isDataArray, isDataObject } from '../../functions/data.ts';

/** A mistake in a lens table. The message begins with the place: `azurerm_subnet.attributes.name: …`. */
export class LensError extends Error {
  override readonly name = 'LensError';
}

export function keysOnly(written: string, place: string): PropertyPath {
  const path = compilePath(written, place);
  if (path.some((segment) => segment.kind !== 'key'))
    throw new LensError(`${place}: '${written}' must have keys only.`);
  return path;
}

export function compilePath(written: string, place: string): PropertyPath {
  try {
    return parsePath(written);
  } catch (error) {
    throw new LensError(`${place}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function rejectOtherKeys(object: DataObject, known: readonly string[], place: string): void {
  const other = Object.keys(object).find((key) => !known.includes(key));
  if (other !== undefined) throw new LensError(`${place}: does not know '${other}'; known are ${known.join(', ')}.`);
}

export function requireObject(data: Data, place: string): DataObject {
  if (!isDataObject(data)) throw new LensError(`${place}: must be a map.`);
  return data;
}

export function requireText(data: Data, place: string): string {
  if (typeof data !== 'string' || data === '') throw new LensError(`${place}: must be a text.`);
  return data;
}

export function requireTexts(data: Data, place: string): readonly string[] {
  const list = isDataArray(data) ? data : [data];
  return list.map((each) => requireText(each, place));
}

export function requireRange(data: Data, place: string): string {
  const written = requireText(data, place);
  if (
    !/^(\s*(~>|>=|<=|!=|=|<|>)\s*\d+(\.\d+){0,2}\s*)(,(\s*(~>|>=|<=|!=|=|<|>)\s*\d+(\.\d+){0,2}\s*))*$/.test(written)
  ) {
    throw new LensError(`${place}: '${written}' is no range of versions such as "<4.0.0".`);
  }
  return written;
}

export function asObject(data: Data | undefined): DataObject {
  return data !== undefined && isDataObject(data) ? data : {};
}
