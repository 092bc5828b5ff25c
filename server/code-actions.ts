import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { SuppressTarget } from './protocol.ts';
import type { Session } from './session.ts';

const quickFix = `${CodeActionKind.QuickFix}.demarc`;

/** What can be done about the findings in a range: suppress them with a reason, read about their rule. */
export function codeActionsFor(session: Session, params: CodeActionParams): readonly CodeAction[] {
  const { only, diagnostics } = params.context;
  const document = session.document(params.textDocument.uri);
  if (document === undefined || !isWanted(only)) return [];
  const ours = diagnostics.filter(
    ({ source, code }) => source === 'demarc' && session.analysis.rules.rules.has(String(code)),
  );
  return ours.flatMap((diagnostic) => [...suppressAction(session, diagnostic, document), explainAction(diagnostic)]);
}

function isWanted(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => quickFix === kind || quickFix.startsWith(`${kind}.`) || kind === '');
}

function suppressAction(
  session: Session,
  diagnostic: Diagnostic,
  document: { readonly uri: string; readonly version: number },
): readonly CodeAction[] {
  const rule = String(diagnostic.code);
  if (session.analysis.rules.rules.get(rule)?.suppressible !== true) return [];
  const target: SuppressTarget = {
    uri: document.uri,
    version: document.version,
    line: diagnostic.range.start.line,
    rule,
  };
  const title = `Suppress ${rule} here, with a reason`;
  return [
    {
      title,
      kind: quickFix,
      diagnostics: [diagnostic],
      command: { title, command: 'demarc.suppressWithReason', arguments: [target] },
    },
  ];
}

function explainAction(diagnostic: Diagnostic): CodeAction {
  const title = `Explain ${diagnostic.code}`;
  return {
    title,
    kind: quickFix,
    diagnostics: [diagnostic],
    command: { title, command: 'demarc.openRule', arguments: [diagnostic.code] },
  };
}
