// What else the editor shows of our work: lenses, completions, links, status, the example.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  type CodeLens,
  type CompletionList,
  commands,
  type Diagnostic,
  type DocumentLink,
  extensions,
  languages,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { closeAll, findingOf, inWorkspace, noFindingOf, openFile, replaceOnce, until } from './editor.ts';

async function insert(document: TextDocument, before: string, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, document.positionAt(document.getText().indexOf(before)), text);
  assert.ok(await workspace.applyEdit(edit));
}

function ours(uri: Uri): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter((each) => each.source === 'demarc');
}

describe('editor', () => {
  afterEach(closeAll);

  it('shows above a resource what is to mend, and whose job it is when that is clicked', async () => {
    const document = await openFile('main.bicep');
    await findingOf(document, 'storage/secure-transfer');
    const lens = await until('the lens', async () => {
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10);
      return lenses.find((each) => each.command?.command === 'demarc.showResource');
    });
    assert.match(lens.command?.title ?? '', /^\d+ to mend/);
    assert.equal(lens.range.start.line, 2);
    await commands.executeCommand('demarc.showResource', ...(lens.command?.arguments ?? []));
    assert.equal(window.activeTextEditor?.selection.active.line, 2);
  });

  it('completes rules in a suppression and links to them', async () => {
    const document = await openFile('main.bicep');
    await findingOf(document, 'storage/secure-transfer');
    await insert(document, '    supportsHttps', '    // demarc:ignore storage/se\n');
    const position = document.positionAt(document.getText().indexOf('storage/se') + 'storage/se'.length);
    const completions = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    assert.ok(completions.items.some((each) => each.label === 'storage/secure-transfer'));
    await replaceOnce(document, 'storage/se\n', 'storage/secure-transfer -- legacy meters\n');
    await noFindingOf(document, 'storage/secure-transfer');
    const links = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', document.uri);
    const link = links.find((each) => document.getText(each.range) === 'storage/secure-transfer');
    assert.equal(link?.target?.scheme, 'command');
  });

  it('tells what is wrong in demarc.yaml, and heeds it', async () => {
    const document = await openFile('main.bicep');
    await findingOf(document, 'storage/secure-transfer');
    const uri = inWorkspace('demarc.yaml');
    await workspace.fs.writeFile(uri, Buffer.from('rules:\n  storage/secure-transfer: off\n'));
    try {
      await noFindingOf(document, 'storage/secure-transfer');
      const configuration = await workspace.openTextDocument(uri);
      await window.showTextDocument(configuration);
      await replaceOnce(configuration, 'off', 'of');
      await until('the mistake', () => languages.getDiagnostics(uri).find((each) => each.source === 'demarc'));
    } finally {
      await workspace.fs.delete(uri);
    }
    await window.showTextDocument(document);
    await findingOf(document, 'storage/secure-transfer');
  });

  it('opens an example with a mistake, in a document that was never saved', async () => {
    await commands.executeCommand('demarc.openExample');
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'untitled');
    if (document) await findingOf(document, 'storage/secure-transfer');
  });

  it('judges a module that is open by its callers, and callers by a module that was not saved', async () => {
    const module = await openFile('examples/bicep/modules/storage.bicep');
    await findingOf(module, 'storage/no-anonymous-blob');
    const main = await openFile('examples/bicep/main.bicep');
    await findingOf(main, 'storage/min-tls');
    await window.showTextDocument(module);
    await replaceOnce(module, 'minimumTlsVersion: minimumTlsVersion', "minimumTlsVersion: 'TLS1_2'");
    await window.showTextDocument(main);
    await noFindingOf(main, 'storage/min-tls');
  });

  it('finds what is wrong in files that are not open, once that is asked for', async () => {
    await findingOf(await openFile('storage.tf'), 'storage/secure-transfer');
    const closed = inWorkspace('network.bicep');
    assert.deepEqual(ours(closed), []);
    const configuration = workspace.getConfiguration('demarc');
    await configuration.update('scope', 'workspace', true);
    try {
      await until('the findings of the workspace', () => (ours(closed).length > 0 ? true : undefined));
    } finally {
      await configuration.update('scope', undefined, true);
    }
    await until('their end', () => (ours(closed).length === 0 ? true : undefined));
  });

  it('keeps the findings of the last save while typing, for whoever wants that', async () => {
    const configuration = workspace.getConfiguration('demarc');
    await configuration.update('run', 'onSave', true);
    try {
      const document = await openFile('archive.bicep');
      await findingOf(document, 'storage/secure-transfer');
      await replaceOnce(document, 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
      // The other file is judged anew in the meantime, and the client asked to ask for both.
      await findingOf(await openFile('main.bicep'), 'storage/secure-transfer');
      await findingOf(document, 'storage/secure-transfer');
      await window.showTextDocument(document);
      await commands.executeCommand('workbench.action.files.save');
      await noFindingOf(document, 'storage/secure-transfer');
      await replaceOnce(document, 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false');
      await commands.executeCommand('workbench.action.files.save');
      await findingOf(document, 'storage/secure-transfer');
    } finally {
      await configuration.update('run', undefined, true);
    }
  });

  it('has a walkthrough whose texts are there', async () => {
    const extension = extensions.getExtension('demarc.demarc');
    assert.ok(extension);
    const [walkthrough] = extension.packageJSON.contributes.walkthroughs;
    for (const { media } of walkthrough.steps) {
      const content = await workspace.fs.readFile(Uri.joinPath(extension.extensionUri, media.markdown));
      assert.match(content.toString(), /^# /);
    }
  });
});
