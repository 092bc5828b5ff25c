import { type Command, type Disposable, LanguageStatusSeverity, languages } from 'vscode';
import type { ServerState } from './client.ts';
import { documentSelector } from './selector.ts';
import type { Session } from './session.ts';

const showLog: Command = { command: 'demarc.showLog', title: 'Show Log' };
const restart: Command = { command: 'demarc.restart', title: 'Restart' };

/** Two entries in the language status of our documents: what the server does, with its log, and a way to restart it. */
export function createStatus(session: Session): Disposable[] {
  const state = languages.createLanguageStatusItem('demarc.state', documentSelector);
  state.name = 'Demarc';
  state.command = showLog;
  const server = languages.createLanguageStatusItem('demarc.server', documentSelector);
  server.name = 'Demarc Server';
  server.text = 'Demarc server';
  server.command = restart;
  const show = (now: ServerState): void => {
    state.text = `Demarc: ${now}`;
    state.busy = now === 'starting';
    state.severity = now === 'failed' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
  };
  show('stopped');
  return [state, server, session.onDidChangeState(show)];
}
