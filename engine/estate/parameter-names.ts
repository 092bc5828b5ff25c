/** Keys that say where a value stands and not what it is. */
const emptyKeys: ReadonlySet<string> = new Set(['value', 'securevalue']);

/** True for the key of a value that is named beside it: `{ name: 'DATABASE_PASSWORD', value: … }`. */
export function isEmptyKey(key: string | undefined): boolean {
  return key === undefined || emptyKeys.has(key.toLowerCase());
}

/**
 * What a parameter that hands in a value is called, after the key at which the value stands: `adminPassword` for
 * `adminPassword`, `databasePassword` for `DATABASE_PASSWORD`. The name is `secret` where the key says nothing.
 */
export function parameterName(key: string | undefined): string {
  const words = wordsOf(key);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

/** The same as Terraform writes names: `admin_password`. */
export function variableName(key: string | undefined): string {
  return wordsOf(key).join('_');
}

function wordsOf(key: string | undefined): readonly string[] {
  if (key === undefined || isEmptyKey(key)) return ['secret'];
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
  const [first] = words;
  return first === undefined || /^\d/.test(first) ? ['secret', ...words] : words;
}

/**
 * A name that is free, for a value at an offset of a text. It gets a number by how often the text says `key` before, so that
 * two values that are handed in by changes made apart from each other get two names.
 */
export function freeName(
  wanted: string,
  key: string | undefined,
  before: string,
  isTaken: (name: string) => boolean,
): string {
  const earlier = key === undefined ? 0 : before.split(new RegExp(`(?<!\\w)${escaped(key)}(?!\\w)`)).length - 2;
  for (let number = Math.max(earlier, 0) + 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!isTaken(name)) return name;
  }
}

function escaped(key: string): string {
  return key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
