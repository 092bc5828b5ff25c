import { isLineBreak, type Scanner, Token } from './tokens.ts';

const escapeHelp = "expected one of \\n, \\r, \\t, \\\\, \\', \\$ or \\u{…}";

/**
 * Reads from the end of the current token (opening quotes, or the brace that closes a hole) to the end of the segment
 * and returns its decoded text. The token's end moves behind the closing quotes or the `${`; `segmentEnd` is where the
 * segment itself ends and `segmentStop` says what ended it.
 */
export function readSegment(scanner: Scanner): string {
  const text = scanner.text;
  let at = scanner.end;
  let kept = at;
  let decoded = '';
  for (;;) {
    const code = at < text.length ? text.charCodeAt(at) : 10;
    if (code === 39) {
      scanner.endSegment(at, at + 1, 'closed');
      break;
    }
    if (code === 36 && text.charCodeAt(at + 1) === 123) {
      scanner.endSegment(at, at + 2, 'hole');
      break;
    }
    if (isLineBreak(code)) {
      scanner.endSegment(at, at, 'unterminated');
      break;
    }
    if (code === 92) {
      const end = escapeEnd(text, at);
      const value = escapeValue(text, at, end);
      if (value === undefined) {
        scanner.report(at, end, `'${text.slice(at, end)}' is no escape sequence; ${escapeHelp}.`);
      } else {
        decoded += text.slice(kept, at) + value;
        kept = end;
      }
      at = end;
    } else at++;
  }
  const rest = text.slice(kept, scanner.segmentEnd);
  return decoded === '' ? rest : decoded + rest;
}

/** The same inside `'''…'''`, where nothing is escaped and a brace behind `dollars` dollar signs opens a hole (0: none does). */
export function readMultiLineSegment(scanner: Scanner, dollars: number, first: boolean): string {
  const text = scanner.text;
  let at = scanner.end;
  let from = at;
  if (first) {
    if (text.charCodeAt(from) === 13) from++;
    if (text.charCodeAt(from) === 10) from++;
  }
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 39) {
      const quotes = at;
      while (text.charCodeAt(at) === 39) at++;
      if (at - quotes >= 3) {
        scanner.endSegment(at - 3, at, 'closed');
        return text.slice(from, at - 3);
      }
    } else if (code === 36 && dollars > 0) {
      const signs = at;
      while (text.charCodeAt(at) === 36) at++;
      if (at - signs >= dollars && text.charCodeAt(at) === 123) {
        scanner.endSegment(at - dollars, at + 1, 'hole');
        return text.slice(from, at - dollars);
      }
    } else at++;
  }
  scanner.endSegment(at, at, 'unterminated');
  return text.slice(from);
}

/** Number of `$` in front of the string at `start`. */
export function countDollars(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 36) at++;
  return at - start;
}

/** True when the current token opens a multi-line string. */
export function opensMultiLine(scanner: Scanner): boolean {
  return scanner.end - scanner.start >= 3;
}

/**
 * Moves past the string that the current token opens, its holes included, or to the line break that cuts it off inside
 * a hole. Keeps its own stack, so that no depth of holes in holes can exhaust the other one.
 */
export function skipString(scanner: Scanner): void {
  /** Per open string the number of its dollars, -1 for one on a single line; and the braces open in its hole. */
  const open: number[] = [];
  const braces: number[] = [];
  let inHole = false;
  for (;;) {
    if (inHole) {
      scanner.next();
      const top = braces.length - 1;
      const depth = braces[top] ?? 0;
      if (scanner.kind === Token.newline || scanner.kind === Token.endOfFile) return;
      if (scanner.kind === Token.openBrace) braces[top] = depth + 1;
      else if (scanner.kind === Token.closeBrace && depth > 0) braces[top] = depth - 1;
      else if (scanner.kind === Token.closeBrace || scanner.kind === Token.string) inHole = false;
      if (inHole) continue;
    }
    const opens = scanner.kind === Token.string;
    if (opens) {
      open.push(opensMultiLine(scanner) ? countDollars(scanner.text, scanner.start) : -1);
      braces.push(0);
    }
    const dollars = open[open.length - 1] ?? -1;
    if (dollars < 0) readSegment(scanner);
    else readMultiLineSegment(scanner, dollars, opens);
    if (scanner.segmentStop === 'hole') inHole = true;
    else {
      open.pop();
      braces.pop();
      inHole = open.length > 0 && scanner.segmentStop === 'closed';
      if (!inHole) {
        scanner.next();
        return;
      }
    }
  }
}

/** Where the escape that begins with the backslash at `start` ends, right or wrong; never beyond a line break. */
function escapeEnd(text: string, start: number): number {
  if (start + 1 >= text.length || isLineBreak(text.charCodeAt(start + 1))) return start + 1;
  if (text.charCodeAt(start + 1) !== 117) return start + 2;
  if (text.charCodeAt(start + 2) !== 123) return start + 2;
  let at = start + 3;
  while (isHexDigit(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === 125 ? at + 1 : at;
}

function escapeValue(text: string, start: number, end: number): string | undefined {
  if (end - start === 2) {
    switch (text.charCodeAt(start + 1)) {
      case 110:
        return '\n';
      case 114:
        return '\r';
      case 116:
        return '\t';
      case 92:
        return '\\';
      case 39:
        return "'";
      case 36:
        return '$';
      default:
        return undefined;
    }
  }
  if (end - start < 5 || text.charCodeAt(end - 1) !== 125) return undefined;
  const point = Number.parseInt(text.slice(start + 3, end - 1), 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}
