targetScope = 'resourceGroup'

@description('Region of every resource.')
param location string = resourceGroup().location

@allowed(['dev', 'prod'])
param environment string

@description('Oldest protocol version that clients may speak.')
param minimumTls string = 'TLS1_0'

@secure()
param administratorPassword string

var prefix = 'harbour-${environment}'

module orders 'modules/storage.bicep' = {
  name: 'orders-storage'
  params: {
    name: 'harbourorders${environment}'
    location: location
    minimumTlsVersion: minimumTls
    sharedKeyAccess: true
  }
}

module invoices 'modules/storage.bicep' = {
  name: 'invoices-storage'
  params: {
    name: 'harbourinvoices${environment}'
    location: location
    minimumTlsVersion: 'TLS1_2'
    sharedKeyAccess: false
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${prefix}-plan'
  location: location
  sku: {
    name: environment == 'prod' ? 'P1v3' : 'B1'
  }
}

resource web 'Microsoft.Web/sites@2023-12-01' = {
  name: '${prefix}-web'
  location: location
  kind: 'app,linux'
  properties: {
    serverFarmId: plan.id
    // The health probe of the old load balancer speaks HTTP.
    httpsOnly: false
    siteConfig: {
      linuxFxVersion: 'NODE|20-lts'
      minTlsVersion: environment == 'prod' ? '1.2' : '1.0'
    }
  }
}

resource server 'Microsoft.Sql/servers@2021-11-01' = {
  name: '${prefix}-sql'
  location: location
  properties: {
    administratorLogin: 'harbour'
    administratorLoginPassword: administratorPassword
    publicNetworkAccess: 'Enabled'
  }

  resource database 'databases' = {
    name: 'orders'
    location: location
    sku: {
      name: 'S1'
    }
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${prefix}-kv'
  location: location
  properties: {
    sku: {
      family: 'A'
      name: 'standard'
    }
    tenantId: subscription().tenantId
    enableRbacAuthorization: true
    enableSoftDelete: true
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
  }
}

output connectionString string = 'Server=${server.properties.fullyQualifiedDomainName};User ID=harbour;Password=${administratorPassword}'
