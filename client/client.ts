// Everything that needs vscode-languageclient, which is loaded only when there is something to lint.
import { type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import {
  DiagnosticPullMode,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { InitializationOptions } from '../server/protocol.ts';
import { documentSelector } from './selector.ts';
import { createSynchronisation, runsOnSave } from './synchronisation.ts';

export type ServerState = 'stopped' | 'starting' | 'running' | 'failed';

/** A client for the server that lies beside it in dist/, not started yet. */
export function createClient(
  context: ExtensionContext,
  log: LogOutputChannel,
  onState: (state: ServerState) => void,
): LanguageClient {
  const server = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
  const client: LanguageClient = new LanguageClient('demarc', 'Demarc', server, {
    documentSelector: [...documentSelector],
    initializationOptions: (): InitializationOptions => ({
      trusted: workspace.isTrusted,
      openRuleCommand: 'demarc.openRule',
      suppressCommand: 'demarc.suppressWithReason',
      fixCommand: 'demarc.applyFix',
      resourceCommand: 'demarc.showResource',
      suggestCommand: 'editor.action.triggerSuggest',
      codeLens: workspace.getConfiguration('demarc').get('codeLens', 'findings'),
      workspaceDiagnostics: workspace.getConfiguration('demarc').get('scope') === 'workspace',
    }),
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // Links to the pages of rules are commands; no other may be run from what the server writes.
    markdown: { isTrusted: { enabledCommands: ['demarc.openRule'] } },
    middleware: createSynchronisation(() => client),
    diagnosticPullOptions: {
      onChange: true,
      onSave: true,
      filter: ({ uri }, mode) => mode === DiagnosticPullMode.onType && runsOnSave(uri),
    },
  });
  client.onDidChangeState((event) => onState(describe(event.newState)));
  return client;
}

function describe(state: State): ServerState {
  switch (state) {
    case State.Running:
      return 'running';
    case State.Starting:
      return 'starting';
    case State.Stopped:
      return 'stopped';
    default:
      return 'failed';
  }
}
