import { type ExtensionContext, languages, type TextDocument, window, workspace } from 'vscode';
import { registerCommands } from './commands.ts';
import { provideExplanations } from './explanation.ts';
import { createMatrix } from './responsibility/matrix-panel.ts';
import { ResponsibilitySource } from './responsibility/source.ts';
import { createTree } from './responsibility/tree.ts';
import { documentSelector, isOurs } from './selector.ts';
import { Session } from './session.ts';
import { createStatus } from './status.ts';

let session: Session | undefined;

/** VS Code calls this on the first document of a language that may be ours. The server waits for one that is. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('Demarc', { log: true });
  const current = new Session(context, log);
  session = current;
  const responsibilities = new ResponsibilitySource(current);
  const startFor = (document: TextDocument): void => {
    if (!current.isStarted && isEnabled() && languages.match(documentSelector, document) > 0 && isOurs(document)) {
      void current.start();
    }
  };
  const startForAny = (): void => workspace.textDocuments.forEach(startFor);
  context.subscriptions.push(
    log,
    current,
    ...registerCommands(current, log),
    ...createStatus(current),
    provideExplanations(current),
    responsibilities,
    ...createTree(responsibilities),
    ...createMatrix(context, responsibilities),
    workspace.onDidOpenTextDocument(startFor),
    workspace.onDidChangeTextDocument((event) => startFor(event.document)),
    workspace.onDidChangeConfiguration((event) => {
      if (['demarc.scope', 'demarc.codeLens'].some((each) => event.affectsConfiguration(each)) && current.isStarted)
        void current.restart();
      if (!event.affectsConfiguration('demarc.enable')) return;
      if (isEnabled()) startForAny();
      else void current.stop();
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      if (current.isStarted) void current.restart();
    }),
  );
  startForAny();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

function isEnabled(): boolean {
  return workspace.getConfiguration('demarc').get('enable', true);
}
