// Every kind of quick fix, chosen as a person chooses it: its edit, and what the editor makes of it.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { type CodeAction, type TextDocument, window } from 'vscode';
import { actionsAt, applyAction, closeAll, findingOf, noFindingOf, openFile, replaceOnce, until } from './editor.ts';

/** What is offered at the finding of a rule under a title. */
async function offered(document: TextDocument, rule: string, title: RegExp): Promise<CodeAction> {
  const actions = await actionsAt(document, await findingOf(document, rule), 'quickfix.demarc');
  const found = actions.filter((each) => title.test(each.title));
  const [first] = found;
  assert.ok(first && found.length === 1, `one ${title} among: ${actions.map((each) => each.title).join('; ')}`);
  return first;
}

describe('quick fix', () => {
  afterEach(closeAll);

  for (const [file, before, after] of [
    ['main.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true'],
    ['arm/azuredeploy.json', '"supportsHttpsTrafficOnly": false', '"supportsHttpsTrafficOnly": true'],
    ['storage.tf', 'https_traffic_only_enabled = false', 'https_traffic_only_enabled = true'],
  ] as const) {
    it(`mends the value where it stands in ${file}`, async () => {
      const document = await openFile(file);
      const text = document.getText();
      await applyAction(await offered(document, 'storage/secure-transfer', /^Allow HTTPS only|^Accept|HTTPS/));
      assert.equal(document.getText(), text.replace(before, after));
      await noFindingOf(document, 'storage/secure-transfer');
    });
  }

  it('mends a value where it is set', async () => {
    const document = await openFile('database.bicep');
    await applyAction(await offered(document, 'sql/public-network-access', /where the value is set/));
    assert.match(document.getText(), /param publicAccess string = 'Disabled'/);
    await noFindingOf(document, 'sql/public-network-access');
  });

  it('mends a value only where it is used', async () => {
    const document = await openFile('database.bicep');
    await applyAction(await offered(document, 'sql/public-network-access', /only where it is used/));
    assert.match(document.getText(), /publicNetworkAccess: 'Disabled'/);
    assert.match(document.getText(), /param publicAccess string = 'Enabled'/);
    await noFindingOf(document, 'sql/public-network-access');
  });

  it('adds a resource that is missing', async () => {
    const document = await openFile('database.bicep');
    await applyAction(await offered(document, 'sql/auditing', /^Add an audit policy/));
    assert.match(document.getText(), /resource \w+ 'extendedAuditingSettings|servers\/extendedAuditingSettings@/);
    await noFindingOf(document, 'sql/auditing');
  });

  it('leaves a placeholder for what only the author knows', async () => {
    const document = await openFile('network.bicep');
    const fix = await offered(document, 'network/management-ports', /network only/);
    await applyAction(fix);
    assert.match(document.getText(), /sourceAddressPrefix: '203\.0\.113\.0\/24'/);
    const selected = await until('the placeholder', () => {
      const editor = window.activeTextEditor;
      return editor?.document === document && !editor.selection.isEmpty ? editor.selection : undefined;
    });
    assert.equal(document.getText(selected), '203.0.113.0/24');
    await noFindingOf(document, 'network/management-ports');
  });

  it('is refused when its finding is gone by the time it is chosen', async () => {
    const document = await openFile('main.bicep');
    const finding = await findingOf(document, 'storage/secure-transfer');
    await replaceOnce(document, 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
    const actions = await actionsAt(document, finding, 'quickfix.demarc');
    assert.deepEqual(
      actions.filter((each) => each.isPreferred).map((each) => each.title),
      [],
    );
  });
});
