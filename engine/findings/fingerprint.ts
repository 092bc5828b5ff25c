const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;
const mask = (1n << 64n) - 1n;

/** FNV-1a of the UTF-16 units of a text, 64 bits, as 16 hexadecimal digits. Not for secrets. */
export function hash64(text: string): string {
  let hash = offsetBasis;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    hash = ((hash ^ BigInt(unit & 0xff)) * prime) & mask;
    if (unit > 0xff) hash = ((hash ^ BigInt(unit >> 8)) * prime) & mask;
  }
  return hash.toString(16).padStart(16, '0');
}

export interface FingerprintParts {
  readonly rule: string;
  /** The file relative to the workspace, so that two checkouts agree. */
  readonly file: string;
  /** The resource's address without the instance. */
  readonly address: string;
  /** Path of the value at fault. */
  readonly path: string;
  /** 0-based number among findings that are alike in all of the above. */
  readonly ordinal: number;
}

/** What a finding is known by from one run to the next: lines and columns don't enter. */
export function fingerprintOf({ rule, file, address, path, ordinal }: FingerprintParts): string {
  return hash64([rule, file, address, path, String(ordinal)].join('\n'));
}
