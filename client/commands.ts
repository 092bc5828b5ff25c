import {
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type Disposable,
  type LogOutputChannel,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { FixTarget, ResourceTarget, SuppressTarget } from '../server/protocol.ts';
import { openExample } from './example.ts';
import { documentOf } from './explanation.ts';
import type { Session } from './session.ts';

/** Registers every command. Those that begin from the cursor take the finding under it. */
export function registerCommands(session: Session, log: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('demarc.restart', () => session.restart()),
    commands.registerCommand('demarc.showLog', () => log.show()),
    commands.registerCommand('demarc.applyFix', (target: FixTarget) => applyFix(session, target)),
    commands.registerCommand('demarc.showResource', (target: ResourceTarget) => showResource(target)),
    commands.registerCommand('demarc.openExample', openExample),
    commands.registerCommand('demarc.suppress', () => suppressUnderCursor(session)),
    commands.registerCommand('demarc.suppressWithReason', (target: SuppressTarget) => suppress(session, target)),
    commands.registerCommand('demarc.openRule', (rule?: string) => openRule(rule)),
  ];
}

/** Shows whose job what of a resource is, where it is declared. */
async function showResource({ uri, line, character }: ResourceTarget): Promise<void> {
  const position = new Position(line, character);
  await window.showTextDocument(Uri.parse(uri), { selection: new Range(position, position) });
  await commands.executeCommand('editor.action.showHover');
}

const mend = 'Mend';
const mendAlways = "Mend and Don't Ask Again";

/** Mends a finding, once the user knows what may break. The edit is made from the text as it is by then. */
async function applyFix(session: Session, target: FixTarget): Promise<void> {
  if (!(await isConfirmed(target))) return;
  const edit = await session.request('demarc/fix', target);
  const client = await session.client();
  if (edit && client) await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
  else void window.showWarningMessage(`The file has changed, and ${target.rule} cannot be mended there any more.`);
}

async function isConfirmed({ uri, title, warning, confirmed }: FixTarget): Promise<boolean> {
  const configuration = workspace.getConfiguration('demarc', Uri.parse(uri));
  if (warning === undefined || confirmed === true || !configuration.get('confirmFixes', true)) return true;
  const answer = await window.showWarningMessage(`${title}?`, { modal: true, detail: warning }, mend, mendAlways);
  if (answer === mendAlways) await configuration.update('confirmFixes', false, ConfigurationTarget.Global);
  return answer !== undefined;
}

async function suppressUnderCursor(session: Session): Promise<void> {
  const editor = window.activeTextEditor;
  const finding = await pickFinding('Which finding should be suppressed?');
  if (!editor || !finding) return;
  const { uri, version } = editor.document;
  await suppress(session, { uri: uri.toString(), version, line: finding.line, rule: finding.rule });
}

/** Asks for the reason unless it is there, lets the server write the suppression, and applies it. */
async function suppress(session: Session, target: SuppressTarget): Promise<void> {
  const reason = (target.reason ?? (await askReason(target.rule)))?.trim();
  if (!reason) return;
  const edit = isCurrent(target) ? await session.request('demarc/suppress', { ...target, reason }) : null;
  const client = await session.client();
  if (!edit || !client || !isCurrent(target)) {
    const why = isCurrent(target) ? 'it may not be suppressed here' : 'the file has changed in the meantime';
    void window.showWarningMessage(`Demarc did not suppress ${target.rule}: ${why}.`);
    return;
  }
  await workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
}

async function askReason(rule: string): Promise<string | undefined> {
  return await window.showInputBox({
    title: `Suppress ${rule}`,
    prompt: 'Why is this acceptable? The reason is written beside the code.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : 'A suppression needs a reason.'),
  });
}

function isCurrent(target: SuppressTarget): boolean {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === Uri.parse(target.uri).toString());
  return document?.version === target.version;
}

/** Shows a rule's explanation as a page. Without a rule, that of the finding under the cursor. */
async function openRule(rule: string | undefined): Promise<void> {
  const wanted = rule ?? (await pickFinding('Which rule should be explained?'))?.rule;
  if (wanted) await commands.executeCommand('markdown.showPreview', documentOf(wanted));
}

interface FindingUnderCursor {
  readonly rule: string;
  readonly line: number;
}

/** The finding under the cursor, else those of its line; the user is asked when there are several, told when there is none. */
async function pickFinding(title: string): Promise<FindingUnderCursor | undefined> {
  const editor = window.activeTextEditor;
  const position = editor?.selection.active;
  if (!editor || !position) return undefined;
  const ours = languages.getDiagnostics(editor.document.uri).filter((each) => each.source === 'demarc');
  const exact = ours.filter((each) => each.range.contains(position));
  const near = exact.length > 0 ? exact : ours.filter((each) => each.range.start.line === position.line);
  const items = near.map((each) => ({ label: ruleOf(each), detail: each.message, line: each.range.start.line }));
  if (items.length === 0) void window.showInformationMessage('Demarc has no finding on this line.');
  const picked = items.length > 1 ? await window.showQuickPick(items, { title }) : items[0];
  return picked && { rule: picked.label, line: picked.line };
}

function ruleOf(diagnostic: Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}
