// The client by itself: it starts, leaves others' files alone, and carries the commands.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { commands, extensions, languages, window, workspace } from 'vscode';
import {
  actionsAt,
  applyAction,
  closeAll,
  findingOf,
  findingsOf,
  noFindingOf,
  openFile,
  replaceOnce,
  until,
} from './editor.ts';

const rule = 'storage/secure-transfer';
const files = [
  { language: 'Bicep', file: 'main.bicep', value: 'false' },
  { language: 'ARM', file: 'arm/azuredeploy.json', value: 'false' },
  { language: 'Terraform', file: 'storage.tf', value: 'false' },
];

describe('client', () => {
  afterEach(closeAll);

  it('activates and contributes only commands that exist', async () => {
    await openFile('main.bicep');
    const extension = await until('the extension', () => extensions.getExtension('demarc.demarc'));
    await until('its activation', () => (extension.isActive ? true : undefined));
    const known = new Set(await commands.getCommands(true));
    const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
    assert.deepEqual(
      contributed.map((each) => each.command).filter((each) => !known.has(each)),
      [],
    );
  });

  for (const { language, file, value } of files) {
    it(`shows a finding on the value at fault in ${language}`, async () => {
      const document = await openFile(file);
      const finding = await findingOf(document, rule);
      assert.equal(document.getText(finding.range), value);
    });
  }

  it('mends a finding at its place', async () => {
    const document = await openFile('main.bicep');
    const finding = await findingOf(document, rule);
    const before = document.getText();
    const offered = await actionsAt(document, finding, 'quickfix.demarc');
    const fix = offered.find((each) => each.isPreferred);
    assert.ok(fix, `a fix is offered among: ${offered.map((each) => each.title).join(', ')}`);
    await applyAction(fix);
    await noFindingOf(document, rule);
    assert.equal(
      document.getText(),
      before.replace('supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true'),
    );
  });

  it('keeps JSON that is not ours from the server until it becomes ours', async () => {
    const document = await workspace.openTextDocument({ language: 'json', content: '{\n  "resources": []\n}\n' });
    await window.showTextDocument(document);
    const template = await openFile('arm/azuredeploy.json');
    await findingOf(template, rule);
    const other = await openFile('settings-of-an-app.json');
    await findingOf(await openFile('main.bicep'), rule);
    assert.deepEqual(findingsOf(other), []);
    await window.showTextDocument(document);
    await replaceOnce(document, document.getText(), template.getText());
    await findingOf(document, rule);
  });

  it('lints again while typing, and after a restart', async () => {
    const document = await openFile('main.bicep');
    await findingOf(document, rule);
    await replaceOnce(document, 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
    await noFindingOf(document, rule);
    await replaceOnce(document, 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false');
    await findingOf(document, rule);
    await commands.executeCommand('demarc.restart');
    await findingOf(document, rule);
  });

  it('stops when it is switched off, and starts again', async () => {
    const document = await openFile('main.bicep');
    await findingOf(document, rule);
    const configuration = workspace.getConfiguration('demarc');
    await configuration.update('enable', false, true);
    await noFindingOf(document, rule);
    await configuration.update('enable', undefined, true);
    await findingOf(document, rule);
  });

  for (const { language, file } of files) {
    it(`writes a suppression with its reason in ${language}`, async () => {
      const document = await openFile(file);
      const finding = await findingOf(document, rule);
      const offered = await actionsAt(document, finding, 'quickfix.demarc');
      const action = offered.find((each) => each.command?.command === 'demarc.suppressWithReason');
      assert.ok(action?.command, `a suppression is offered among: ${offered.map((each) => each.title).join(', ')}`);
      const [target] = action.command.arguments ?? [];
      action.command.arguments = [{ ...target, reason: 'legacy meters speak HTTP' }];
      await applyAction(action);
      assert.match(document.getText(), /demarc:ignore storage\/secure-transfer -- legacy meters speak HTTP/);
    });
  }

  it('refuses a suppression for a text that has changed', async () => {
    const document = await openFile('main.bicep');
    const finding = await findingOf(document, rule);
    const target = { uri: document.uri.toString(), version: document.version, line: finding.range.start.line, rule };
    await replaceOnce(document, 'demarclogs', 'demarclogs2');
    const before = document.getText();
    await commands.executeCommand('demarc.suppressWithReason', { ...target, reason: 'too late' });
    assert.equal(document.getText(), before);
  });

  it('explains a rule on a page of its own', async () => {
    await commands.executeCommand('demarc.openRule', rule);
    const page = await until('the page', () =>
      workspace.textDocuments.find((each) => each.uri.scheme === 'demarc-rule'),
    );
    assert.match(page.getText(), /^# /);
    assert.ok(languages.match({ language: 'markdown' }, page) > 0);
  });
});
