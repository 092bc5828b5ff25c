import {
  commands,
  type Disposable,
  type ExtensionContext,
  Range,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
} from 'vscode';
import type { Location, MatrixMessage } from '../../server/protocol.ts';
import type { ResponsibilitySource } from './source.ts';

/** The command that shows the matrix, in one panel that is made with the first use. */
export function createMatrix(context: ExtensionContext, source: ResponsibilitySource): Disposable[] {
  let panel: WebviewPanel | undefined;
  const open = (): void => {
    if (panel !== undefined) {
      panel.reveal();
      return;
    }
    const folder = Uri.joinPath(context.extensionUri, 'dist');
    const made = window.createWebviewPanel('demarc.matrix', 'Responsibility Matrix', ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [folder],
    });
    panel = made;
    made.iconPath = Uri.joinPath(context.extensionUri, 'client/media/icon.png');
    const send = (): void => void made.webview.postMessage({ kind: 'map', map: source.map, scope: source.scope });
    const changed = source.onDidChange(send);
    const received = made.webview.onDidReceiveMessage((message: MatrixMessage) => {
      switch (message.kind) {
        case 'ready':
          send();
          return;
        case 'open':
          void goTo(message.at);
          return;
        case 'scope':
          source.setScope(message.scope);
          return;
      }
    });
    made.onDidDispose(() => {
      panel = undefined;
      changed.dispose();
      received.dispose();
      source.look(made, false);
    });
    source.look(made, true);
    made.webview.html = pageOf(made.webview, folder);
  };
  return [commands.registerCommand('demarc.openMatrix', open), { dispose: () => panel?.dispose() }];
}

/** Beside the matrix, so that both can be seen; where the file is shown already, there. */
async function goTo({ uri, range: { start, end } }: Location): Promise<void> {
  const file = Uri.parse(uri);
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  await window.showTextDocument(file, {
    viewColumn: shown?.viewColumn ?? ViewColumn.Beside,
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}

function pageOf(webview: Webview, folder: Uri): string {
  const script = webview.asWebviewUri(Uri.joinPath(folder, 'matrix.js'));
  const style = webview.asWebviewUri(Uri.joinPath(folder, 'matrix.css'));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>Responsibility Matrix</title>
  <link rel="stylesheet" href="${style}">
</head>
<body>
  <main id="matrix"></main>
  <script src="${script}"></script>
</body>
</html>`;
}
