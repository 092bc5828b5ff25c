import { FunctionError } from './data.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 bytes of a text; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text of UTF-8 bytes. Throws FunctionError when they are not UTF-8. A byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FunctionError('The decoded bytes are not UTF-8 text.');
  }
}

/** Base64 with padding (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const left = bytes.length - index;
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += left > 1 ? alphabet.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? alphabet.charAt(group & 63) : '=';
  }
  return text;
}

/** Decodes padded Base64; line breaks within are skipped. Throws FunctionError for anything else. */
export function decodeBase64(text: string): Uint8Array {
  const compact = text.replaceAll('\r', '').replaceAll('\n', '');
  if (compact.length % 4 !== 0)
    throw new FunctionError('The text is not Base64: its length is not a multiple of four.');
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0;
  const digits = compact.length - padding;
  const bytes = new Uint8Array((compact.length / 4) * 3 - padding);
  let written = 0;
  let group = 0;
  for (let index = 0; index < digits; index++) {
    const digit = base64Digit(compact.charCodeAt(index));
    if (digit < 0)
      throw new FunctionError(`The text is not Base64: '${compact.charAt(index)}' is not one of its digits.`);
    group = ((group << 6) | digit) & 0xffffff;
    if (index % 4 === 1) bytes[written++] = (group >> 4) & 0xff;
    else if (index % 4 === 2) bytes[written++] = (group >> 2) & 0xff;
    else if (index % 4 === 3) bytes[written++] = group & 0xff;
  }
  return bytes;
}

function base64Digit(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 26;
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 52;
  if (code === 0x2b) return 62;
  if (code === 0x2f) return 63;
  return -1;
}

/** Lower-case hexadecimal digits, two a byte. */
export function encodeHexadecimal(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/**
 * Percent-encodes all but the unreserved characters of RFC 3986 (letters, digits, `-._~`), as .NET's
 * `Uri.EscapeDataString` does.
 */
export function encodeUriComponent(text: string): string {
  let encoded = '';
  for (const byte of encodeUtf8(text)) {
    encoded += isUnreserved(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** Decodes percent escapes that make UTF-8, and leaves all other text as it is. */
export function decodeUriComponent(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function isUnreserved(byte: number): boolean {
  const lower = byte | 0x20;
  if ((lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39)) return true;
  return byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x7e;
}
