import type { SnippetTextEdit } from 'vscode-languageserver';
import { editsOf, type FixContext, type FixPlaceChoice } from '../engine/analysis/apply-fix.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import type { Ask } from '../engine/estate/property-edit.ts';
import type { Data } from '../engine/functions/data.ts';
import type { FileEdit } from '../engine/text/edit.ts';

/** Stands for an answer while a language prints it, so that the answer is found again in what was printed. */
const textMark = /demarcAnswer(\d+)Mark/g;

/** A file's edits, those in which something is asked for as snippets. */
export interface FileSnippets {
  readonly uri: string;
  readonly edits: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly snippet?: string;
  }[];
}

/** The edits of a fix with what only the author knows as placeholders, which hold the examples; undefined when it is refused. */
export function snippetsOf(
  plans: readonly FixPlan[],
  place: FixPlaceChoice,
  textOf: FixContext['textOf'],
): readonly FileSnippets[] | undefined {
  const asks = [...new Map(plans.flatMap((plan) => plan.asks).map((ask) => [ask.name, ask])).values()];
  const plain = editsOf(plans, place, { textOf, answer: (ask) => ask.example });
  if (plain.kind === 'refused') return undefined;
  const marked = editsOf(plans, place, { textOf, answer: (ask) => markOf(ask, asks) });
  if (marked.kind === 'refused') return plain.files;
  return marked.files.map((file, index) => withPlaceholders(file, plain.files[index]));
}

/** Only a text can be told from the rest once it is printed; other answers are written as their examples. */
function markOf(ask: Ask, asks: readonly Ask[]): Data {
  if (typeof ask.example !== 'string') return ask.example;
  return `demarcAnswer${asks.findIndex(({ name }) => name === ask.name)}Mark`;
}

function withPlaceholders(marked: FileEdit, plain: FileEdit | undefined): FileSnippets {
  const edits = marked.edits.map((edit, index) => {
    const written = plain?.edits[index];
    const text = written?.text ?? edit.text;
    const snippet = written === undefined ? undefined : snippetOf(edit.text, text);
    return { start: edit.start, end: edit.end, text, ...(snippet === undefined ? {} : { snippet }) };
  });
  return { uri: marked.uri, edits };
}

/** Finds in `plain` what stands where `marked` has its marks; undefined without a mark. */
function snippetOf(marked: string, plain: string): string | undefined {
  const marks = [...marked.matchAll(textMark)];
  if (marks.length === 0) return undefined;
  let snippet = '';
  let from = 0;
  let inPlain = 0;
  for (const [index, mark] of marks.entries()) {
    const before = marked.slice(from, mark.index);
    from = mark.index + mark[0].length;
    inPlain += before.length;
    const behind = marked.slice(from, marks[index + 1]?.index);
    const end = behind === '' ? plain.length : plain.indexOf(behind, inPlain);
    const example = plain.slice(inPlain, end < 0 ? plain.length : end);
    snippet += `${escapeSnippet(before)}\${${Number(mark[1]) + 1}:${escapeSnippet(example)}}`;
    inPlain += example.length;
  }
  return snippet + escapeSnippet(marked.slice(from));
}

/** What the snippet syntax would read as its own. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** An edit of the protocol that leaves the cursor in its placeholders. */
export function snippetEdit(range: SnippetTextEdit['range'], snippet: string): SnippetTextEdit {
  return { range, snippet: { kind: 'snippet', value: snippet } };
}
