// In Restricted Mode: files are linted and mended, nothing of the workspace is executed.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { extensions, workspace } from 'vscode';
import { actionsAt, applyAction, closeAll, findingOf, noFindingOf, openFile } from './editor.ts';

describe('restricted mode', () => {
  afterEach(closeAll);

  it('is what this window is in, and the extension runs in it', async () => {
    await openFile('main.bicep');
    assert.equal(workspace.isTrusted, false);
    assert.ok(extensions.getExtension('demarc.demarc'));
  });

  for (const file of ['main.bicep', 'arm/azuredeploy.json', 'storage.tf']) {
    it(`finds and mends in ${file}`, async () => {
      const document = await openFile(file);
      const finding = await findingOf(document, 'storage/secure-transfer');
      const actions = await actionsAt(document, finding, 'quickfix.demarc');
      const fix = actions.find((each) => each.isPreferred);
      assert.ok(fix);
      await applyAction(fix);
      await noFindingOf(document, 'storage/secure-transfer');
    });
  }
});
