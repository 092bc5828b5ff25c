/** The formats of a report, by the names that `--format` takes. */
export const formats = [
  'stylish',
  'compact',
  'json',
  'ndjson',
  'sarif',
  'github',
  'gitlab',
  'azure',
  'junit',
  'checkstyle',
  'markdown',
] as const;

export type Format = (typeof formats)[number];
