import type { CommentedFile, Note } from '../text/commented-file.ts';
import type { Place, Span } from '../text/span.ts';

/** What a comment or note asks for. `item`: the construct that begins behind the comment, or that has the note; `line`: what starts on its own line. */
export type SuppressionReach = 'item' | 'line' | 'file';

/** One rule that one comment suppresses. */
export interface Suppression {
  /** The rule id as written, or a peer's id (`CKV_AZURE_3`). */
  readonly rule: string;
  /** Where the id stands. */
  readonly place: Place;
  readonly reach: SuppressionReach;
  /** What it covers: the item, the line, or the whole file. */
  readonly covers: Span;
  readonly reason: string;
  /** `YYYY-MM-DD`, the last day on which it holds; undefined when it has no end. */
  readonly until: string | undefined;
  /** Whose habit it is: our own comments must give a reason, those of peers are taken as they are. */
  readonly dialect: 'demarc' | 'checkov' | 'trivy' | 'tfsec';
}

/** A comment that was meant as a suppression and is not one. */
export interface SuppressionProblem {
  readonly place: Place;
  readonly message: string;
}

export interface Suppressions {
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly SuppressionProblem[];
}

const own = /demarc:ignore(-file)?\b/g;
const checkov = /checkov:skip=\s*([A-Za-z0-9_]+)(?::([^\n]*))?/;
const trivy = /(trivy|tfsec):ignore:([A-Za-z0-9_-]+)(?::?(?:exp:(\d{4}-\d{2}-\d{2})))?/g;

/** Reads every suppression comment of a file. Cheap when there is none. */
export function readSuppressions(file: CommentedFile): Suppressions {
  const suppressions: Suppression[] = [];
  const problems: SuppressionProblem[] = [];
  if (file.text.includes(':ignore') || file.text.includes('checkov:skip')) {
    for (const comment of file.comments) readComment(file, comment, suppressions, problems);
    for (const note of file.notes?.() ?? []) readNote(file, note, suppressions, problems);
  }
  return { suppressions, problems };
}

function readComment(
  file: CommentedFile,
  comment: Span,
  suppressions: Suppression[],
  problems: SuppressionProblem[],
): void {
  const text = file.text.slice(comment.start, comment.end);
  own.lastIndex = 0;
  const match = own.exec(text);
  if (match !== null) {
    readOwn(file, comment, text, match, suppressions, problems);
    return;
  }
  const skip = checkov.exec(text);
  if (skip?.[1] !== undefined) {
    const start = comment.start + skip.index + skip[0].indexOf(skip[1]);
    const covers = file.resourceAround(comment.start) ?? itemBehind(file, comment);
    suppressions.push({
      rule: skip[1],
      place: { uri: file.uri, start, end: start + skip[1].length },
      reach: 'item',
      covers,
      reason: (skip[2] ?? '').trim(),
      until: undefined,
      dialect: 'checkov',
    });
    return;
  }
  for (const ignore of text.matchAll(trivy)) {
    const id = ignore[2] ?? '';
    const start = comment.start + ignore.index + ignore[0].indexOf(id);
    suppressions.push({
      rule: id,
      place: { uri: file.uri, start, end: start + id.length },
      reach: standsAlone(file, comment) ? 'item' : 'line',
      covers: reachOf(file, comment),
      reason: '',
      until: ignore[3],
      dialect: ignore[1] === 'tfsec' ? 'tfsec' : 'trivy',
    });
  }
}

function readOwn(
  file: CommentedFile,
  comment: Span,
  text: string,
  match: RegExpExecArray,
  suppressions: Suppression[],
  problems: SuppressionProblem[],
): void {
  const whole = match[1] !== undefined;
  const begin = comment.start + match.index + match[0].length;
  const first = comment.start + match.index;
  const mark = { start: first, end: first + match[0].length };
  const written: Written = {
    mark,
    body: text.slice(match.index + match[0].length).replace(/\s*\*\/\s*$/, ''),
    at: (offset) => begin + offset,
    reach: whole ? 'file' : standsAlone(file, comment) ? 'item' : 'line',
    covers: () => (whole ? wholeOf(file) : reachOf(file, comment)),
  };
  readBody(file.uri, written, suppressions, problems);
}

/** `"metadata": { "demarc:ignore": "storage/secure-transfer -- the reason" }` */
function readNote(file: CommentedFile, note: Note, suppressions: Suppression[], problems: SuppressionProblem[]): void {
  const written: Written = {
    mark: note.key,
    body: note.text,
    at: note.at,
    reach: note.about === undefined ? 'file' : 'item',
    covers: () => note.about ?? wholeOf(file),
  };
  readBody(file.uri, written, suppressions, problems);
}

function wholeOf({ text }: CommentedFile): Span {
  return { start: 0, end: text.length };
}

/** A suppression of ours, wherever it is written. */
interface Written {
  /** What makes it one. */
  readonly mark: Span;
  /** What follows: ids, the date, the reason. */
  readonly body: string;
  /** The offset in the file of an offset in `body`. */
  readonly at: (offset: number) => number;
  readonly reach: SuppressionReach;
  readonly covers: () => Span;
}

function readBody(
  uri: string,
  { mark, body, at, reach, covers }: Written,
  suppressions: Suppression[],
  problems: SuppressionProblem[],
): void {
  const place = (start: number, length: number): Place => ({ uri, start: at(start), end: at(start + length) });
  const dashes = body.indexOf('--');
  const head = dashes < 0 ? body : body.slice(0, dashes);
  const reason = dashes < 0 ? '' : body.slice(dashes + 2).trim();
  const until = /\buntil\s+(\S+)/.exec(head);
  const ids = [...(until === null ? head : head.slice(0, until.index)).matchAll(/[^\s,]+/g)];
  if (ids.length === 0) {
    problems.push({
      place: { uri, ...mark },
      message:
        'This suppression names no rule. Write, for example: demarc:ignore storage/secure-transfer -- the reason.',
    });
    return;
  }
  if (reason === '') {
    problems.push({
      place: { uri, ...mark },
      message:
        'This suppression gives no reason and so does not count. Write the reason behind two dashes: -- the reason.',
    });
    return;
  }
  if (until?.[1] !== undefined && !isDate(until[1])) {
    problems.push({
      place: place(until.index, until[0].length),
      message: `'${until[1]}' is no date. Write the last day as until YYYY-MM-DD.`,
    });
    return;
  }
  for (const id of ids) {
    suppressions.push({
      rule: id[0],
      place: place(id.index, id[0].length),
      reach,
      covers: covers(),
      reason,
      until: until?.[1],
      dialect: 'demarc',
    });
  }
}

/** True for a day of the calendar, written `YYYY-MM-DD`. */
function isDate(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && new Date(`${written}T00:00:00Z`).toJSON()?.startsWith(written) === true;
}

/** True when nothing but blanks stands in front of the comment on its line. */
function standsAlone(file: CommentedFile, comment: Span): boolean {
  for (let offset = comment.start - 1; offset >= 0; offset--) {
    const character = file.text[offset];
    if (character === '\n' || character === '\r') return true;
    if (character !== ' ' && character !== '\t' && character !== '\uFEFF') return false;
  }
  return true;
}

function reachOf(file: CommentedFile, comment: Span): Span {
  return standsAlone(file, comment) ? itemBehind(file, comment) : lineOf(file.text, comment);
}

/** The construct behind a comment: over blanks, line breaks and further comments. */
function itemBehind(file: CommentedFile, comment: Span): Span {
  let offset = comment.end;
  for (;;) {
    while (offset < file.text.length && /\s/.test(file.text[offset] ?? '')) offset++;
    const next = commentAt(file.comments, offset);
    if (next === undefined) break;
    offset = next.end;
  }
  return file.itemAt(offset) ?? lineOf(file.text, { start: offset, end: offset });
}

function commentAt(comments: readonly Span[], offset: number): Span | undefined {
  return comments.find((comment) => comment.start === offset);
}

function lineOf(text: string, span: Span): Span {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.end);
  return { start, end: end < 0 ? text.length : end };
}
