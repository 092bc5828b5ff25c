param location string = resourceGroup().location

resource archive 'Microsoft.Storage/storageAccounts@2018-07-01' = {
  name: 'demarcarchive'
  location: location
  sku: {
    name: 'Standard_ZRS'
  }
  kind: 'StorageV2'
  properties: {
    supportsHttpsTrafficOnly: false
    encryption: {
      keySource: 'Microsoft.Storage'
      services: {
        blob: {
          enabled: false
        }
        file: {
          enabled: false
        }
      }
    }
  }
}
