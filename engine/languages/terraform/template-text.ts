import type { Cursor } from './tokens.ts';

/* What the text in templates and labels stands for. */

const dollar = 36;
const percent = 37;
const backslash = 92;
const openBrace = 123;

/** The text of a template's literal; `plain` when it is ASCII without escapes. */
export function decode(cursor: Cursor, start: number, end: number, plain: boolean, quoted: boolean): string {
  // HCL's texts are in normal form C; labels and names are not.
  return plain ? cursor.text.slice(start, end) : decodeEscapes(cursor, start, end, quoted).normalize('NFC');
}

/** Decodes `$${` and `%%{`, and in quoted texts what begins with a backslash; reports what doesn't decode. */
export function decodeEscapes(cursor: Cursor, start: number, end: number, quoted: boolean): string {
  const { text } = cursor;
  let decoded = '';
  let copied = start;
  let offset = start;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    if (code === backslash && quoted) {
      decoded += text.slice(copied, offset);
      const length = escapeLength(text, offset, end);
      decoded += decodeEscape(cursor, offset, length);
      offset += length;
      copied = offset;
    } else if (
      (code === dollar || code === percent) &&
      offset + 2 < end &&
      text.charCodeAt(offset + 1) === code &&
      text.charCodeAt(offset + 2) === openBrace
    ) {
      decoded += text.slice(copied, offset + 1);
      copied = offset + 2;
      offset += 3;
    } else {
      offset++;
    }
  }
  return decoded + text.slice(copied, end);
}

/** How many units the escape at an offset takes: of the hexadecimal ones as many digits as there are. */
function escapeLength(text: string, offset: number, end: number): number {
  const selector = text.charCodeAt(offset + 1);
  const wanted = selector === 117 ? 4 : selector === 85 ? 8 : 0;
  let length = Math.min(2, end - offset);
  while (length < wanted + 2 && offset + length < end && isHexadecimal(text.charCodeAt(offset + length))) length++;
  return length;
}

function isHexadecimal(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

function decodeEscape(cursor: Cursor, offset: number, length: number): string {
  const written = cursor.text.slice(offset, offset + length);
  switch (written.charAt(1)) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '"':
      return '"';
    case '\\':
      return '\\';
    case 'u':
    case 'U': {
      const digits = written.charAt(1) === 'u' ? 4 : 8;
      const point = Number.parseInt(written.slice(2), 16);
      const encodable = point < 0xd800 || (point > 0xdfff && point <= 0x10ffff);
      if (length === digits + 2 && encodable) return String.fromCodePoint(point);
      const message =
        length === digits + 2
          ? `"${written}" is not a Unicode character.`
          : `Expected ${digits} hexadecimal digits after "${written.slice(0, 2)}".`;
      cursor.report(offset, offset + length, message);
      return written;
    }
    default:
      cursor.report(offset, offset + length, `"${written}" is not an escape; a backslash is written "\\\\".`);
      return written.slice(1);
  }
}
/** White space as Go's Unicode tables have it, which HCL trims by. */
export function isSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
