param name string
param location string
param minimumTlsVersion string = 'TLS1_2'
param sharedKeyAccess bool = false

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_ZRS'
  }
  properties: {
    supportsHttpsTrafficOnly: false
    minimumTlsVersion: minimumTlsVersion
    allowBlobPublicAccess: true
    allowSharedKeyAccess: sharedKeyAccess
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
  }
}

output id string = account.id
