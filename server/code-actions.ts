import type { CodeAction, CodeActionParams, Diagnostic } from 'vscode-languageserver';
import type { FixPlaceChoice } from '../engine/analysis/apply-fix.ts';
import { fileNameOf } from '../engine/text/uri.ts';
import { fixAllKind, quickFix } from './action-kinds.ts';
import type { DiagnosticData } from './diagnostics.ts';
import { fixAllOf } from './fix-all.ts';
import { type Fix, fixOf, planned } from './fixes.ts';
import { createRanges } from './positions.ts';
import type { FixTarget } from './protocol.ts';
import type { Session } from './session.ts';
import { suppressActions } from './suppress.ts';
import { switchOffAction } from './switch-off.ts';
import { removeSuppression } from './unsuppress.ts';

/** What can be done about the findings in a range, and about all of them at once. */
export function codeActionsFor(session: Session, params: CodeActionParams): readonly CodeAction[] {
  const { only, diagnostics } = params.context;
  const document = session.documents.get(params.textDocument.uri);
  if (document === undefined) return [];
  const actions: CodeAction[] = [];
  if (wants(only, quickFix)) {
    for (const diagnostic of diagnostics) {
      if (diagnostic.code === 'demarc/suppression') actions.push(...removeSuppression(session, diagnostic, document));
      if (diagnostic.source !== 'demarc' || !session.analysis.rules.rules.has(String(diagnostic.code))) continue;
      actions.push(
        ...fixActions(session, diagnostic, document),
        ...suppressActions(session, diagnostic, document),
        ...switchOffAction(session, diagnostic, document),
        ...explainAction(session, diagnostic),
      );
    }
  }
  // Nobody who only opens the menu pays for it.
  if (only?.some((kind) => covers(kind, fixAllKind))) actions.push(...fixAllOf(session, document));
  return actions;
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((each) => covers(each, kind));
}

function covers(wanted: string, kind: string): boolean {
  return wanted === '' || wanted === kind || kind.startsWith(`${wanted}.`);
}

/** The fix of a finding, at the source of its value first, then where the resource uses it. */
function fixActions(
  session: Session,
  diagnostic: Diagnostic,
  { uri, version }: { readonly uri: string; readonly version: number },
): readonly CodeAction[] {
  const fingerprint = (diagnostic.data as DiagnosticData | undefined)?.fingerprint;
  if (fingerprint === undefined) return [];
  const target = { uri, version, fingerprint, rule: String(diagnostic.code) };
  const plans = planned(session, target);
  const source = plans.find((plan) => plan.source !== undefined)?.source;
  const places: readonly FixPlaceChoice[] = source === undefined ? ['use'] : ['source', 'use'];
  const single = places.flatMap((place): readonly CodeAction[] => {
    const fix = fixOf(session, { ...target, place });
    if (fix === undefined) return [];
    const title = source === undefined ? fix.title : `${fix.title} ${whereOf(session, uri, place, fix)}`;
    const isPreferred = place === 'source' || source === undefined;
    return [
      chosenFix(session, { title, kind: quickFix, diagnostics: [diagnostic], isPreferred }, { ...target, place }, fix),
    ];
  });
  return [...single, ...inFileAction(session, diagnostic, target)];
}

/** The same for every finding of the rule in the file, where there are several. */
function inFileAction(
  session: Session,
  diagnostic: Diagnostic,
  target: Pick<FixTarget, 'uri' | 'version' | 'fingerprint' | 'rule'>,
): readonly CodeAction[] {
  const own = session.documents.uriOf(target.uri);
  const result = session.result();
  const alike = result.findings.filter(({ rule, place, verdict }) => {
    return rule === target.rule && place.uri === own && verdict === 'fail';
  });
  const mendable = alike.filter((finding) => {
    const plans = result.fixesOf(finding);
    return plans.length > 0 && plans.every(({ asks, raises }) => asks.length === 0 && raises.length === 0);
  });
  if (mendable.length < 2) return [];
  const place = 'file';
  const fix = fixOf(session, { ...target, place });
  if (fix === undefined) return [];
  const title = `${fix.title}, everywhere in this file (${mendable.length})`;
  return [chosenFix(session, { title, kind: quickFix, diagnostics: [diagnostic] }, { ...target, place }, fix)];
}

/** What happens when a fix is chosen: the client asks first, or asks for its edit, or has it already. */
function chosenFix(
  session: Session,
  action: CodeAction,
  target: Omit<FixTarget, 'title' | 'warning'>,
  { title, warning, edit }: Fix,
): CodeAction {
  const data: FixTarget = { ...target, title, ...(warning === undefined ? {} : { warning }) };
  const { fixCommand } = session.options;
  if (fixCommand !== undefined && warning !== undefined)
    return { ...action, command: { title, command: fixCommand, arguments: [data] } };
  return resolvesEdits(session) ? { ...action, data } : { ...action, data, edit };
}

/** Tells the two places of a fix apart: where the value is written, and where the resource takes it. */
function whereOf(session: Session, clientUri: string, place: FixPlaceChoice, { first }: Fix): string {
  const what = place === 'source' ? 'where the value is set' : 'only where it is used';
  if (first === undefined) return `(${what})`;
  const file = first.uri === session.documents.uriOf(clientUri) ? '' : `${fileNameOf(first.uri)} `;
  const { line } = createRanges((uri) => session.textOf(uri))(first).start;
  return `(${what}, ${file}line ${line + 1})`;
}

/** True for a client that asks for an action's edit when it is chosen. */
function resolvesEdits({ capabilities }: Session): boolean {
  return capabilities.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true;
}

function explainAction(session: Session, diagnostic: Diagnostic): readonly CodeAction[] {
  const { openRuleCommand } = session.options;
  if (openRuleCommand === undefined) return [];
  const title = `Explain ${diagnostic.code}`;
  return [
    {
      title,
      kind: quickFix,
      diagnostics: [diagnostic],
      command: { title, command: openRuleCommand, arguments: [diagnostic.code] },
    },
  ];
}
