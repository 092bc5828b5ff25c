// What specs do in the editor: open, wait, apply, read.
import assert from 'node:assert/strict';
import {
  type CodeAction,
  commands,
  type Diagnostic,
  languages,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';

/** The address of a file in the workspace under test. */
export function inWorkspace(path: string): Uri {
  const root = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(root, 'the suite runs in a workspace');
  return Uri.joinPath(root, path);
}

/** Opens a file of the workspace in the editor. */
export async function openFile(path: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(inWorkspace(path));
  await window.showTextDocument(document, ViewColumn.One);
  return document;
}

/** Asks again and again until there is an answer; fails with what was waited for. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  seconds = 15,
): Promise<T> {
  for (let waited = 0; waited < seconds * 1000; waited += 50) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited ${seconds} s for ${what}.`);
}

/** Our findings in a document, now. */
export function findingsOf(document: TextDocument): Diagnostic[] {
  return languages.getDiagnostics(document.uri).filter((each) => each.source === 'demarc');
}

/** The rule's id of a finding. */
export function ruleOf(finding: Diagnostic): string {
  const { code } = finding;
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a rule has a finding in a document. */
export async function findingOf(document: TextDocument, rule: string): Promise<Diagnostic> {
  return await until(`${rule} in ${document.uri.path}`, () =>
    findingsOf(document).find((each) => ruleOf(each) === rule),
  );
}

/** Waits until a rule has no finding in a document any more. */
export async function noFindingOf(document: TextDocument, rule: string): Promise<void> {
  await until(`no ${rule} in ${document.uri.path}`, () =>
    findingsOf(document).some((each) => ruleOf(each) === rule) ? undefined : true,
  );
}

/** The code actions that the editor would offer at a finding, of one kind if it is given, their edits resolved. */
export async function actionsAt(document: TextDocument, finding: Diagnostic, kind?: string): Promise<CodeAction[]> {
  return await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    kind,
    50,
  );
}

/** Does what the editor does when an action is chosen: applies its edit, then runs its command. Nobody is there to be asked. */
export async function applyAction(action: CodeAction): Promise<void> {
  if (action.command?.command === 'demarc.applyFix') {
    const [target] = action.command.arguments ?? [];
    action.command.arguments = [{ ...target, confirmed: true }];
  }
  if (action.edit) assert.ok(await workspace.applyEdit(action.edit), `the edit of “${action.title}” was applied`);
  if (action.command) await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** Types: replaces a text that stands once in the document. */
export async function replaceOnce(document: TextDocument, before: string, after: string): Promise<void> {
  const start = document.getText().indexOf(before);
  assert.ok(start >= 0 && start === document.getText().lastIndexOf(before), `“${before}” stands once`);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(start + before.length)), after);
  assert.ok(await workspace.applyEdit(edit));
}

/** Throws away what was typed and closes every editor: for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty) continue;
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}
