import { type Cursor, stop } from './parser-cursor.ts';
import { parseExpression } from './parser-expressions.ts';
import { nothing } from './parser-lists.ts';
import { countDollars, opensMultiLine, readMultiLineSegment, readSegment } from './strings.ts';
import type { Expression, Hole, StringExpression } from './syntax.ts';
import { Token } from './tokens.ts';

/** Reads a string with its holes. One without an end is reported and kept; reading goes on at the end of its line. */
export function parseString(cursor: Cursor): StringExpression {
  const start = cursor.start;
  const multiLine = opensMultiLine(cursor);
  const dollars = multiLine ? countDollars(cursor.text, start) : 0;
  const first = multiLine ? readMultiLineSegment(cursor, dollars, true) : readSegment(cursor);
  cursor.height = 1;
  if (cursor.endedAt('closed')) {
    cursor.next();
    return {
      kind: 'string',
      start,
      end: cursor.previousEnd,
      multiLine,
      dollars,
      terminated: true,
      segments: [first],
      holes: nothing,
    };
  }
  const segments = [first];
  const holes: Hole[] = [];
  while (cursor.endedAt('hole')) {
    const hole = parseHole(cursor);
    holes.push(hole);
    if (!cursor.at(Token.closeBrace)) {
      segments.push('');
      return { kind: 'string', start, end: cursor.previousEnd, multiLine, dollars, terminated: false, segments, holes };
    }
    segments.push(multiLine ? readMultiLineSegment(cursor, dollars, false) : readSegment(cursor));
  }
  const terminated = cursor.endedAt('closed');
  if (!terminated) {
    if (multiLine) cursor.report(start, start + dollars + 3, "This string has no end; expected '''.");
    else cursor.report(start, cursor.end, "This string has no end; expected ' before the end of the line.");
  }
  cursor.next();
  if (!terminated) cursor.quiet();
  return { kind: 'string', start, end: cursor.previousEnd, multiLine, dollars, terminated, segments, holes };
}

/** A hole, from behind its `${` on. The brace that closes it stays the current token; without one the string is cut off. */
function parseHole(cursor: Cursor): Hole {
  const start = cursor.segmentEnd;
  let expression: Expression = { kind: 'missing', start: cursor.end, end: cursor.end };
  cursor.holes++;
  cursor.next();
  if (cursor.enter()) {
    expression = parseExpression(cursor, false);
    if (cursor.failing) cursor.recover(stop.closeBrace);
    cursor.leave();
  }
  if (!cursor.at(Token.closeBrace)) {
    if (cursor.at(Token.newline) || cursor.at(Token.endOfFile)) cursor.complain("'}' and the end of the string");
    else {
      cursor.complain("'}' behind the value");
      cursor.recover(stop.closeBrace);
    }
    if (!cursor.at(Token.closeBrace)) cursor.complain("'}' and the end of the string");
  }
  cursor.holes--;
  const end = cursor.at(Token.closeBrace) ? cursor.end : cursor.previousEnd;
  return { kind: 'hole', start, end, expression };
}
