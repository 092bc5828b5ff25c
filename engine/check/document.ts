import { type Data, type DataObject, describeKind, isDataArray, isDataObject } from '../functions/data.ts';

/** Keys and indices (0-based) from the top of a document to a place in it. */
export type DocumentPath = readonly (string | number)[];

/** What is wrong with a document of ours: a rule, a table of facts. The message is for its author. */
export interface DocumentProblem {
  readonly path: DocumentPath;
  readonly message: string;
  /** The problem is the key that the path ends in, not the value below it. */
  readonly onKey?: true;
}

/** A part of a document that is being read, where it stands, and where problems go. */
export interface Part {
  readonly data: Data;
  readonly path: DocumentPath;
  readonly problems: DocumentProblem[];
}

export function partOf(data: Data, problems: DocumentProblem[], path: DocumentPath = []): Part {
  return { data, path, problems };
}

export function report(part: Part, message: string): undefined {
  part.problems.push({ path: part.path, message });
  return undefined;
}

/** A member of an object; undefined where there is none. */
export function member(part: Part, key: string): Part | undefined {
  const value = isDataObject(part.data) && Object.hasOwn(part.data, key) ? part.data[key] : undefined;
  return value === undefined ? undefined : { data: value, path: [...part.path, key], problems: part.problems };
}

/** The members of an object. Reports when it is none. */
export function membersOf(part: Part, what: string): readonly (readonly [string, Part])[] {
  if (!isDataObject(part.data)) {
    report(part, `${what} must be a map, not ${describeKind(part.data)}.`);
    return [];
  }
  return Object.entries(part.data).map(([key, data]) => [
    key,
    { data, path: [...part.path, key], problems: part.problems },
  ]);
}

/** The items of a list. Reports when it is none. */
export function itemsIn(part: Part, what: string): readonly Part[] {
  if (!isDataArray(part.data)) {
    report(part, `${what} must be a list, not ${describeKind(part.data)}.`);
    return [];
  }
  return part.data.map((data, index) => ({ data, path: [...part.path, index], problems: part.problems }));
}

/** Reports every key that is not one of `known`, with the one that was probably meant. */
export function requireKeys(part: Part, known: readonly string[], what: string): void {
  if (!isDataObject(part.data)) return;
  for (const key of Object.keys(part.data)) {
    if (known.includes(key)) continue;
    const message = `${what} has no key '${key}'.${suggestion(key, known)}`;
    part.problems.push({ path: [...part.path, key], message, onKey: true });
  }
}

export function readText(part: Part | undefined, what: string): string | undefined {
  if (part === undefined) return undefined;
  if (typeof part.data === 'string') {
    const text = part.data.trim();
    return text === '' ? report(part, `${what} must not be empty.`) : text;
  }
  return report(part, `${what} must be a text, not ${describeKind(part.data)}.`);
}

export function readBoolean(part: Part | undefined, what: string): boolean | undefined {
  if (part === undefined) return undefined;
  return typeof part.data === 'boolean'
    ? part.data
    : report(part, `${what} must be true or false, not ${describeKind(part.data)}.`);
}

/** A text or a list of texts. */
export function readTexts(part: Part | undefined, what: string): readonly string[] {
  if (part === undefined) return [];
  if (typeof part.data === 'string') return [part.data];
  const texts: string[] = [];
  for (const item of itemsIn(part, what)) {
    const text = readText(item, `An item of ${what}`);
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

export function readOneOf<T extends string>(part: Part | undefined, values: readonly T[], what: string): T | undefined {
  const text = readText(part, what);
  if (part === undefined || text === undefined) return undefined;
  const found = values.find((value) => value === text);
  return (
    found ?? report(part, `${what} cannot be '${text}'; it is one of ${values.join(', ')}.${suggestion(text, values)}`)
  );
}

/** The same, where it has to be there. */
export function required<T>(
  owner: Part,
  key: string,
  what: string,
  read: (part: Part) => T | undefined,
): T | undefined {
  const part = member(owner, key);
  if (part === undefined) return report(owner, `${what} needs '${key}'.`);
  return read(part);
}

export function objectOf(part: Part, what: string): DataObject | undefined {
  return isDataObject(part.data) ? part.data : report(part, `${what} must be a map, not ${describeKind(part.data)}.`);
}

/** ` Did you mean 'x'?`, or nothing when no known name is near. */
export function suggestion(written: string, known: readonly string[]): string {
  const lower = written.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(written.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? '' : ` Did you mean '${best}'?`;
}

/** Insertions, deletions and replacements that turn one text into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
