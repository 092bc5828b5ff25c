import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, type Hover, MarkdownString, type Position, type TextDocument } from 'vscode';
import { closeAll, findingOf, openFile } from './editor.ts';

/** What our server shows at a place. Findings themselves are shown by the editor. */
async function hoverAt(document: TextDocument, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, position);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((each) => (each instanceof MarkdownString ? each.value : '')).join('\n');
}

describe('hover', () => {
  afterEach(closeAll);

  it('explains the rule of a finding and links to its page', async () => {
    const document = await openFile('main.bicep');
    const finding = await findingOf(document, 'storage/secure-transfer');
    const shown = await hoverAt(document, finding.range.start);
    assert.match(shown, /your job/);
    assert.match(shown, /command:demarc\.openRule/);
  });

  for (const [file, header] of [
    ['main.bicep', 'resource logs'],
    ['arm/azuredeploy.json', '"Microsoft.Storage/storageAccounts"'],
    ['storage.tf', 'resource "azurerm_storage_account"'],
  ] as const) {
    it(`shows whose job what of a resource is in ${file}`, async () => {
      const document = await openFile(file);
      await findingOf(document, 'storage/secure-transfer');
      const shown = await hoverAt(document, document.positionAt(document.getText().indexOf(header) + 2));
      assert.match(shown, /Whose job is what/);
      assert.match(shown, /\| network controls\s+\|.*to mend/);
      assert.match(shown, /Microsoft's: /);
    });
  }
});
