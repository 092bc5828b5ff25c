import { Cursor } from './parser-cursor.ts';
import { parseStatement } from './parser-statements.ts';
import type { BicepFile, BicepKind, Statement } from './syntax.ts';
import { Token } from './tokens.ts';

/**
 * Parses a Bicep file or a Bicep parameters file. Never throws: what can't be read is described in `problems`, one for
 * each mistake, and everything else is in the tree.
 */
export function parseBicep(text: string, language: BicepKind): BicepFile {
  const cursor = new Cursor(text);
  const statements: Statement[] = [];
  cursor.next();
  cursor.skipLineBreaks();
  while (!cursor.at(Token.endOfFile)) {
    statements.push(parseStatement(cursor, language));
    if (!cursor.at(Token.newline) && !cursor.at(Token.endOfFile) && !cursor.startsStatement()) {
      cursor.fail('the end of the line behind the statement');
      cursor.recover(0);
    }
    cursor.skipLineBreaks();
  }
  const { comments, pragmas, problems } = cursor;
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return { kind: 'file', start: 0, end: text.length, language, text, statements, problems, comments, pragmas };
}
