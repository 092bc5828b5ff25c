/** A storage account in Bicep, right but for what `properties` says. */
export const storage = (
  properties: string,
): string => `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    networkAcls: { defaultAction: 'Deny' }
${properties}
  }
}
`;

/** A module that takes the oldest TLS version from whoever calls it. */
export const storageModule = `param minimumTls string

${storage('    supportsHttpsTrafficOnly: true\n    minimumTlsVersion: minimumTls')}`;

/** Calls that module. */
export const caller = (minimumTls: string): string => `module storage 'storage.bicep' = {
  name: 'storage'
  params: { minimumTls: '${minimumTls}' }
}
`;
