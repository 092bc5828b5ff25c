import { type Disposable, Uri, workspace } from 'vscode';
import type { Session } from './session.ts';

const scheme = 'demarc-rule';

/** The address of a rule's explanation, as a document that the editor's Markdown preview can show. */
export function documentOf(rule: string): Uri {
  return Uri.from({ scheme, path: `/${rule}.md` });
}

/** Provides those documents, their text taken from the server. */
export function provideExplanations(session: Session): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = uri.path.slice(1).replace(/\.md$/, '');
      return (await session.request('demarc/explain', { rule })) ?? `There is no rule \`${rule}\`.`;
    },
  });
}
