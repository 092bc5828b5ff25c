param location string = resourceGroup().location
param publicAccess string = 'Enabled'

resource server 'Microsoft.Sql/servers@2021-11-01' = {
  name: 'demarc-sql'
  location: location
  properties: {
    publicNetworkAccess: publicAccess
  }
}
