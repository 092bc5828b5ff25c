import { type Command, type Disposable, LanguageStatusSeverity, languages, window } from 'vscode';
import type { ServerState } from './client.ts';
import { documentSelector } from './selector.ts';
import type { Session } from './session.ts';

const showLog: Command = { command: 'demarc.showLog', title: 'Show Log' };
const restart: Command = { command: 'demarc.restart', title: 'Restart' };

/**
 * Entries in the language status of our documents: what the server does, with its log; how the file is judged; and a way to
 * restart the server.
 */
export function createStatus(session: Session): Disposable[] {
  const state = languages.createLanguageStatusItem('demarc.state', documentSelector);
  state.name = 'Demarc';
  state.command = showLog;
  const server = languages.createLanguageStatusItem('demarc.server', documentSelector);
  server.name = 'Demarc Server';
  server.text = 'Demarc server';
  server.command = restart;
  const file = languages.createLanguageStatusItem('demarc.file', documentSelector);
  file.name = 'Demarc Rules';
  const describe = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!session.isRunning || !document || languages.match(documentSelector, document) === 0) return;
    const status = await session.request('demarc/status', { uri: document.uri.toString() });
    if (!status) return;
    file.text = `${count(status.rules, 'rule')} on`;
    file.detail = [
      status.undetermined > 0 ? `${count(status.undetermined, 'value')} not known before deployment` : '',
      status.parameterFiles.length > 0 ? `with ${status.parameterFiles.join(', ')}` : '',
    ]
      .filter((each) => each !== '')
      .join(', ');
  };
  const show = (now: ServerState): void => {
    state.text = `Demarc: ${now}`;
    state.busy = now === 'starting';
    state.severity = now === 'failed' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  };
  show('stopped');
  return [
    state,
    file,
    server,
    session.onDidChangeState(show),
    window.onDidChangeActiveTextEditor(describe),
    languages.onDidChangeDiagnostics(({ uris }) => {
      const active = window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) void describe();
    }),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
