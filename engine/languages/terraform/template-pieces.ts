import type { Expression, Interpolation, TemplateLiteral, TemplatePart } from './syntax.ts';
import { isSpace } from './template-text.ts';
import { type Cursor, maximumDepth } from './tokens.ts';

/** What a template is made of before its directives are arranged. */
export type Piece = TemplateLiteral | Interpolation | Opening | Closing;

type Opening = IfOpening | ForOpening;

interface IfOpening {
  readonly kind: 'opening';
  readonly word: 'if';
  readonly start: number;
  readonly end: number;
  readonly condition: Expression;
}

interface ForOpening {
  readonly kind: 'opening';
  readonly word: 'for';
  readonly start: number;
  readonly end: number;
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
}

interface Closing {
  readonly kind: 'closing';
  readonly word: 'else' | 'endif' | 'endfor';
  readonly start: number;
  readonly end: number;
}

/** A directive whose end has not been reached. */
interface Open {
  readonly opening: Opening;
  readonly whenTrue: TemplatePart[];
  /** Undefined before `else`. */
  whenFalse: TemplatePart[] | undefined;
}

/** Takes white space off the end of a text, for `${~`. */
export function trimEnd(part: TemplateLiteral): TemplateLiteral {
  const { text } = part;
  let length = text.length;
  while (length > 0 && isSpace(text.charCodeAt(length - 1))) length--;
  return { ...part, end: isVerbatim(part) ? part.start + length : part.end, text: text.slice(0, length) };
}

/** Takes white space off the start of a text, for `~}`. */
export function trimStart(part: TemplateLiteral): TemplateLiteral {
  const { text } = part;
  let count = 0;
  while (count < text.length && isSpace(text.charCodeAt(count))) count++;
  return dropStart(part, count);
}

function dropStart(part: TemplateLiteral, count: number): TemplateLiteral {
  // Indentation has no escapes, so its length is the same in the source even where the rest has some.
  const start = Math.min(part.start + count, part.end);
  return { ...part, start, text: part.text.slice(count) };
}

function isVerbatim(part: TemplateLiteral): boolean {
  return part.text.length === part.end - part.start;
}

/**
 * Takes the common indentation off the lines of a flush heredoc. Lines of white space only don't count and stay as they are; a line
 * that begins with a sequence has none, so then nothing is taken off. Trimming has happened before, as in HCL.
 */
export function removeIndentation(pieces: Piece[]): void {
  let common = Number.POSITIVE_INFINITY;
  const lineStarts: number[] = [];
  let startsLine = true;
  for (const [index, piece] of pieces.entries()) {
    if (startsLine) {
      startsLine = false;
      const indentation = piece.kind === 'literal' ? leadingSpaces(piece.text) : 0;
      const blank = piece.kind === 'literal' && indentation === piece.text.length && piece.text.endsWith('\n');
      if (!blank) {
        common = Math.min(common, indentation);
        if (piece.kind === 'literal') lineStarts.push(index);
      }
    }
    if (piece.kind === 'literal' && piece.text.endsWith('\n')) startsLine = true;
  }
  if (common === 0) return;
  for (const index of lineStarts) {
    const piece = pieces[index];
    if (piece?.kind === 'literal') pieces[index] = dropStart(piece, common);
  }
}

function leadingSpaces(text: string): number {
  let count = 0;
  while (count < text.length && isSpace(text.charCodeAt(count))) count++;
  return count;
}

/** Makes a tree of the directives, and reports those that have no partner. Texts that trimming has emptied are left out. */
export function arrangeDirectives(cursor: Cursor, pieces: readonly Piece[]): TemplatePart[] {
  const root: TemplatePart[] = [];
  const open: Open[] = [];
  let parts = root;
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'literal':
        if (piece.text.length > 0) parts.push(piece);
        break;
      case 'interpolation':
        parts.push(piece);
        break;
      case 'opening':
        if (open.length >= maximumDepth) {
          cursor.report(piece.start, piece.end, `Directives are nested too deeply (more than ${maximumDepth} levels).`);
          return withoutDirectives(pieces);
        }
        parts = [];
        open.push({ opening: piece, whenTrue: parts, whenFalse: undefined });
        break;
      case 'closing': {
        const innermost = open.at(-1);
        if (innermost === undefined || !fits(innermost, piece)) {
          cursor.report(piece.start, piece.end, misplaced(piece, innermost));
          return withoutDirectives(pieces);
        }
        if (piece.word === 'else') {
          parts = [];
          innermost.whenFalse = parts;
          break;
        }
        open.pop();
        const outer = open.at(-1);
        parts = outer === undefined ? root : (outer.whenFalse ?? outer.whenTrue);
        parts.push(finish(innermost, piece.end));
        break;
      }
    }
  }
  const unclosed = open.at(-1);
  if (unclosed === undefined) return root;
  const { word, start, end } = unclosed.opening;
  cursor.report(start, end, `This directive is not closed; expected "%{ end${word} }".`);
  return withoutDirectives(pieces);
}

function fits(open: Open, closing: Closing): boolean {
  switch (closing.word) {
    case 'else':
      return open.opening.word === 'if' && open.whenFalse === undefined;
    case 'endif':
      return open.opening.word === 'if';
    case 'endfor':
      return open.opening.word === 'for';
  }
}

function misplaced(closing: Closing, open: Open | undefined): string {
  if (open === undefined) {
    return `"${closing.word}" has no directive to belong to; expected "${closing.word === 'endfor' ? 'for' : 'if'}" before it.`;
  }
  if (closing.word === 'else' && open.opening.word === 'if') return 'This "if" has an "else" already.';
  return `"${closing.word}" does not fit here; expected "end${open.opening.word}" first.`;
}

function finish(open: Open, end: number): TemplatePart {
  const { opening, whenTrue } = open;
  if (opening.word === 'if') {
    const { start, condition } = opening;
    return { kind: 'if', start, end, condition, whenTrue, whenFalse: open.whenFalse ?? [] };
  }
  const { start, keyName, valueName, collection } = opening;
  return { kind: 'each', start, end, keyName, valueName, collection, parts: whenTrue };
}

function withoutDirectives(pieces: readonly Piece[]): TemplatePart[] {
  return pieces.filter((piece) => piece.kind === 'literal' || piece.kind === 'interpolation');
}
