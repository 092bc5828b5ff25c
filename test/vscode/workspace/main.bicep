param location string = resourceGroup().location

resource logs 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'demarclogs'
  location: location
  sku: {
    name: 'Standard_LRS'
  }
  kind: 'StorageV2'
  properties: {
    supportsHttpsTrafficOnly: false
    minimumTlsVersion: 'TLS1_0'
  }
}

output logsId string = logs.id
