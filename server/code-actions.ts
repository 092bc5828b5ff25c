import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import { editsOf } from '../engine/analysis/apply-fix.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import { createRanges } from './positions.ts';
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
  return ours.flatMap((diagnostic) => [
    ...fixActions(session, diagnostic, document.uri),
    ...suppressAction(session, diagnostic, document),
    explainAction(diagnostic),
  ]);
}

function isWanted(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => quickFix === kind || quickFix.startsWith(`${kind}.`) || kind === '');
}

/** The fix of a finding, at the source of its value first, then where the resource uses it. */
function fixActions(session: Session, diagnostic: Diagnostic, clientUri: string): readonly CodeAction[] {
  const uri = session.uriOf(clientUri);
  const result = session.result();
  const fingerprint = (diagnostic.data as { readonly fingerprint?: string } | undefined)?.fingerprint;
  const finding = result.findings.find(
    (each) => each.fingerprint === fingerprint && each.rule === diagnostic.code && each.place.uri === uri,
  );
  const plans = finding === undefined ? [] : result.fixesOf(finding);
  const [first] = plans;
  if (first === undefined) return [];
  const places = plans.some((plan) => plan.source !== undefined) ? (['source', 'use'] as const) : (['use'] as const);
  return places.flatMap((place) => fixAction(session, diagnostic, plans, first, place));
}

function fixAction(
  session: Session,
  diagnostic: Diagnostic,
  plans: readonly FixPlan[],
  { title, effect, note, source }: FixPlan,
  place: 'source' | 'use',
): readonly CodeAction[] {
  const textOf = (uri: string): string | undefined => session.textOf(uri);
  const result = editsOf(plans, place, { textOf, answer: (ask) => ask.example });
  if (result.kind === 'refused') return [];
  const rangeOf = createRanges(textOf);
  const where = source === undefined ? '' : place === 'source' ? ` (in '${source.name}')` : ' (only here)';
  const annotationId = 'effect';
  const documentChanges = result.files.map(({ uri, edits }) => ({
    textDocument: { uri: session.clientUri(uri), version: session.document(uri)?.version ?? null },
    edits: edits.map(({ start, end, text: newText }) => ({
      range: rangeOf({ uri, start, end }),
      newText,
      ...(effect === 'neutral' ? {} : { annotationId }),
    })),
  }));
  const changeAnnotations = { [annotationId]: { label: title, needsConfirmation: false, description: note ?? title } };
  return [
    {
      title: `${title}${where}`,
      kind: quickFix,
      diagnostics: [diagnostic],
      isPreferred: place === 'source' || source === undefined,
      edit: effect === 'neutral' ? { documentChanges } : { documentChanges, changeAnnotations },
    },
  ];
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
