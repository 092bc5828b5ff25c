import { Position, Uri, WorkspaceEdit, window, workspace } from 'vscode';

const text = `// Line 9 lets anybody read what is on the way. Put the cursor on 'false' and press Ctrl+. (Cmd+. on a Mac).
resource orders 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'harbourorders'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: false
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    networkAcls: { defaultAction: 'Deny' }
  }
}
`;

/** Opens a small Bicep file with a mistake, which is never saved unless somebody wants to. */
export async function openExample(): Promise<void> {
  const uri = Uri.parse('untitled:example.bicep');
  const document = await workspace.openTextDocument(uri);
  if (document.getText() === '') {
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), text);
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(document);
}
