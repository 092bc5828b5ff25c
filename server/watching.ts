import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type FileSystemWatcher,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Session } from './session.ts';

/** What a judgement may depend on besides the documents that are open. */
const watchers: readonly FileSystemWatcher[] = [
  { globPattern: '**/*.{bicep,bicepparam,tf,tofu,tfvars,json,jsonc}' },
  // Configuration files, and rules that lie in any folder.
  { globPattern: '**/{.terraform.lock.hcl,*.yaml,*.yml}' },
];

/** Keeps up with the files on disk: the client tells what has changed, or else everything is read anew now and then. */
export function watchFiles(
  connection: Connection,
  session: Session,
  documents: TextDocuments<TextDocument>,
): { readonly start: () => void } {
  const watches = (): boolean => session.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    session.filesChanged(changes.map(({ uri }) => uri));
  });
  documents.onDidOpen(() => watches() || session.forgetDisk());
  documents.onDidSave(() => watches() || session.forgetDisk());
  return {
    start: () => {
      if (!watches()) return;
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...watchers] });
    },
  };
}
