// The UTF-16 units that JSON is read by.

export const tab = 0x09;
export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const space = 0x20;
export const doubleQuote = 0x22;
export const singleQuote = 0x27;
export const asterisk = 0x2a;
export const plus = 0x2b;
export const comma = 0x2c;
export const minus = 0x2d;
export const dot = 0x2e;
export const slash = 0x2f;
export const digitZero = 0x30;
export const digitNine = 0x39;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const letterU = 0x75;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
export const byteOrderMark = 0xfeff;

/** True for the six marks of JSON's structure. */
export function isPunctuation(code: number): boolean {
  return (
    code === comma ||
    code === colon ||
    code === closeBrace ||
    code === closeBracket ||
    code === openBrace ||
    code === openBracket
  );
}

/** True for whatever cannot be inside a number or word, the end of the text (NaN) included. */
export function endsToken(code: number): boolean {
  return code <= space || code === doubleQuote || code === slash || isPunctuation(code) || Number.isNaN(code);
}

/** No-break space, line and paragraph separators, and a byte order mark that is not at the beginning. */
export function isUnusualSpace(code: number): boolean {
  return code === 0xa0 || code === 0x2028 || code === 0x2029 || code === byteOrderMark;
}
