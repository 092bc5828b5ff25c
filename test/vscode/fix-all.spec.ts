import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, languages, workspace } from 'vscode';
import { closeAll, findingOf, noFindingOf, openFile, replaceOnce, until } from './editor.ts';

describe('fix all', () => {
  afterEach(closeAll);

  it('mends on save what changes no behaviour, and nothing else', async () => {
    const configuration = workspace.getConfiguration('editor');
    await configuration.update('codeActionsOnSave', { 'source.fixAll.demarc': 'explicit' }, true);
    try {
      const document = await openFile('archive.bicep');
      await findingOf(document, 'storage/legacy-encryption-off');
      const before = document.getText();
      // An edit, so that there is something to save.
      await replaceOnce(document, "name: 'demarcarchive'", "name: 'demarcarchive2'");
      await commands.executeCommand('workbench.action.files.save');
      await until('the save', () => (document.isDirty ? undefined : true));
      const expected = before
        .replace("name: 'demarcarchive'", "name: 'demarcarchive2'")
        .replaceAll('enabled: false', 'enabled: true');
      assert.equal(document.getText(), expected);
      await noFindingOf(document, 'storage/legacy-encryption-off');
      assert.ok(languages.getDiagnostics(document.uri).length > 0, 'what may be noticed is left');
    } finally {
      await configuration.update('codeActionsOnSave', undefined, true);
    }
  });
});
