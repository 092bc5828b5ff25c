import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { applyEdits, type TextEdit } from '../engine/text/edit.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { quickFix } from './action-kinds.ts';
import type { OpenDocument } from './documents.ts';
import type { SuppressParams, SuppressTarget } from './protocol.ts';
import type { Session } from './session.ts';
import { escapeSnippet } from './snippets.ts';
import { workspaceEdit } from './workspace-edits.ts';

/** Where a suppression is written: at the finding, or at the top for the whole file. */
type Reach = NonNullable<SuppressTarget['reach']>;

const titles: Readonly<Record<Reach, (rule: string) => string>> = {
  here: (rule) => `Suppress ${rule} here, with a reason`,
  file: (rule) => `Suppress ${rule} in this file, with a reason`,
};

/** Suppress the rule of a finding, here or in the whole file. A client that cannot ask for the reason gets a place to write it. */
export function suppressActions(
  session: Session,
  diagnostic: Diagnostic,
  document: OpenDocument,
): readonly CodeAction[] {
  const rule = String(diagnostic.code);
  if (session.analysis.rules.rules.get(rule)?.suppressible !== true) return [];
  const { suppressCommand } = session.options;
  const { line } = diagnostic.range.start;
  return (['here', 'file'] as const).flatMap((reach): readonly CodeAction[] => {
    const target: SuppressTarget = { uri: document.uri, version: document.version, line, rule, reach };
    const title = titles[reach](rule);
    const action = { title, kind: quickFix, diagnostics: [diagnostic] };
    if (suppressCommand !== undefined)
      return [{ ...action, command: { title, command: suppressCommand, arguments: [target] } }];
    const edit = edited(session, document, target, undefined);
    return edit === undefined ? [] : [{ ...action, edit }];
  });
}

/** The edit that writes a suppression; null when the document has changed since, or when no comment would reach the finding. */
export function suppressionEdit(session: Session, params: SuppressParams): WorkspaceEdit | null {
  const document = session.documents.get(params.uri);
  const rule = session.analysis.rules.rules.get(params.rule);
  if (document === undefined || document.version !== params.version || rule?.suppressible !== true) return null;
  return edited(session, document, params, params.reason) ?? null;
}

const example = 'why this is acceptable';

function edited(
  session: Session,
  document: OpenDocument,
  target: SuppressTarget,
  reason: string | undefined,
): WorkspaceEdit | undefined {
  const uri = session.documents.uriOf(document.uri);
  const written = candidateLines(session, uri, document.text, target)
    .map((line) => commentAbove(document, target, line, reason ?? example))
    .find((edit) => takesEffect(session, uri, document.text, target.rule, edit));
  if (written === undefined) return undefined;
  const { start, end, text } = written;
  // The reason is left out where it can be neither asked for nor filled in: a suppression without one does not count.
  const edit =
    reason !== undefined
      ? written
      : {
          start,
          end,
          text: text.replace(example, ''),
          snippet: escapeSnippet(text).replace(example, `\${1:${example}}`),
        };
  const title = titles[target.reach ?? 'here'](target.rule);
  return workspaceEdit(session, [{ uri, edits: [edit] }], { effect: 'neutral', title, note: undefined });
}

/** The line of the finding; where a comment there would be a part of a longer text, that of the resource. */
function candidateLines(session: Session, uri: string, text: string, target: SuppressTarget): readonly number[] {
  if (target.reach === 'file') return [0];
  const lines = createLineIndex(text);
  const around = session
    .result()
    .roots.flatMap(({ estate }) => estate.resources)
    .filter(({ declaration }) => declaration.uri === uri)
    .map(({ declaration }) => ({
      first: lines.positionAt(declaration.start).line,
      last: lines.positionAt(declaration.end).line,
    }))
    .filter(({ first, last }) => first < target.line && target.line <= last)
    .map(({ first }) => first);
  return [target.line, ...new Set(around.sort((a, b) => b - a))];
}

/** A comment on a line of its own, in the indentation of the line below. */
function commentAbove(
  { uri, text }: OpenDocument,
  { rule, reach }: SuppressTarget,
  line: number,
  reason: string,
): TextEdit {
  const lines = createLineIndex(text);
  const start = reach === 'file' && text.startsWith('\uFEFF') ? 1 : lines.lineStart(line);
  const indentation = /^[ \t]*/.exec(text.slice(start, lines.lineEnd(line)))?.[0] ?? '';
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const mark = /\.(tf|tofu|tfvars)$/i.test(uri) ? '#' : '//';
  const directive = reach === 'file' ? 'demarc:ignore-file' : 'demarc:ignore';
  return { start, end: start, text: `${indentation}${mark} ${directive} ${rule} -- ${reason}${lineBreak}` };
}

/** Tries it out: less is found then, and what could be read before still can. */
function takesEffect(session: Session, uri: string, text: string, rule: string, edit: TextEdit): boolean {
  const changed: Snapshot = {
    file: (each) => (each === uri ? { kind: 'text', text: applyEdits(text, [edit]) } : session.snapshot.file(each)),
    list: (each) => session.snapshot.list(each),
  };
  const scope = session.graph.withCallers([uri]);
  const count = (snapshot: Snapshot): readonly [number, number] => {
    const { findings, notices } = session.lint(scope, snapshot);
    const found = findings.filter((each) => each.rule === rule && each.verdict === 'fail' && each.place.uri === uri);
    return [found.length, notices.filter((each) => each.place.uri === uri).length];
  };
  const [before, noticesBefore] = count(session.snapshot);
  const [after, noticesAfter] = count(changed);
  return after < before && noticesAfter <= noticesBefore;
}
