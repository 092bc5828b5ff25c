// An estate as companies have them: many workloads in one file, each with its network, machines, data and identities.

/** What one workload deploys: 40 resources of 28 types. Some of its settings are mistakes, as in life. */
function workload(index, random) {
  const mostly = (good, bad) => (random() < 0.85 ? good : bad);
  const w = `w${index}`;
  return `
resource ${w}Identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '\${prefix}-${w}-id'
  location: location
  tags: tags
}

resource ${w}Nsg 'Microsoft.Network/networkSecurityGroups@2024-01-01' = {
  name: '\${prefix}-${w}-nsg'
  location: location
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '443'
        }
      }
      {
        name: 'manage'
        properties: {
          priority: 200
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: ${mostly("'10.0.0.0/8'", "'*'")}
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: [ '22', '3389' ]
        }
      }
    ]
  }
}

resource ${w}Network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: '\${prefix}-${w}-vnet'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [ '10.${index % 250}.0.0/16' ] }
    subnets: [
      for (name, at) in [ 'machines', 'data', 'endpoints' ]: {
        name: name
        properties: {
          addressPrefix: cidrSubnet('10.${index % 250}.0.0/16', 24, at)
          networkSecurityGroup: ${mostly(`{ id: ${w}Nsg.id }`, 'null')}
        }
      }
    ]
  }
}

resource ${w}Address 'Microsoft.Network/publicIPAddresses@2024-01-01' = {
  name: '\${prefix}-${w}-pip'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource ${w}Nics 'Microsoft.Network/networkInterfaces@2024-01-01' = [
  for n in range(0, 3): {
    name: '\${prefix}-${w}-nic-\${n}'
    location: location
    properties: {
      ipConfigurations: [
        {
          name: 'main'
          properties: {
            subnet: { id: ${w}Network.properties.subnets[0].id }
            publicIPAddress: n == 0 ? { id: ${w}Address.id } : null
          }
        }
      ]
    }
  }
]

resource ${w}Machines 'Microsoft.Compute/virtualMachines@2024-07-01' = [
  for n in range(0, 3): {
    name: '\${prefix}-${w}-vm-\${n}'
    location: location
    identity: { type: 'SystemAssigned' }
    properties: {
      hardwareProfile: { vmSize: 'Standard_D4s_v5' }
      storageProfile: {
        imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' }
        osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Premium_LRS' } }
        dataDisks: [ { lun: 0, createOption: 'Attach', managedDisk: { id: ${w}Disks[n].id } } ]
      }
      osProfile: {
        computerName: '${w}-\${n}'
        adminUsername: 'operator'
        linuxConfiguration: { disablePasswordAuthentication: ${mostly('true', 'false')} }
      }
      networkProfile: { networkInterfaces: [ { id: ${w}Nics[n].id } ] }
      securityProfile: {
        encryptionAtHost: ${mostly('true', 'false')}
        securityType: 'TrustedLaunch'
        uefiSettings: { secureBootEnabled: true, vTpmEnabled: true }
      }
    }
  }
]

resource ${w}Disks 'Microsoft.Compute/disks@2024-03-02' = [
  for n in range(0, 3): {
    name: '\${prefix}-${w}-disk-\${n}'
    location: location
    sku: { name: 'Premium_LRS' }
    properties: { diskSizeGB: 128, creationData: { createOption: 'Empty' }, networkAccessPolicy: 'DenyAll' }
  }
]

resource ${w}Agents 'Microsoft.Compute/virtualMachines/extensions@2024-07-01' = [
  for n in range(0, 3): {
    parent: ${w}Machines[n]
    name: 'AzureMonitorLinuxAgent'
    location: location
    properties: {
      publisher: 'Microsoft.Azure.Monitor'
      type: 'AzureMonitorLinuxAgent'
      typeHandlerVersion: '1.33'
      autoUpgradeMinorVersion: true
    }
  }
]

resource ${w}Account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st\${uniqueString(resourceGroup().id, '${w}')}'
  location: location
  tags: union(tags, { dataClassification: ${mostly("'internal'", "'confidential'")} })
  sku: { name: production ? 'Standard_ZRS' : 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    minimumTlsVersion: ${mostly("'TLS1_2'", "'TLS1_0'")}
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: ${mostly('false', 'true')}
    allowSharedKeyAccess: false
    networkAcls: { defaultAction: ${mostly("'Deny'", "'Allow'")}, bypass: 'AzureServices' }
  }
}

resource ${w}Blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: ${w}Account
  name: 'default'
  properties: { deleteRetentionPolicy: { enabled: true, days: 14 } }
}

resource ${w}Containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [
  for name in [ 'in', 'out' ]: {
    parent: ${w}Blobs
    name: name
    properties: { publicAccess: 'None' }
  }
]

resource ${w}Endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = {
  name: '\${prefix}-${w}-pe'
  location: location
  properties: {
    subnet: { id: ${w}Network.properties.subnets[2].id }
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: ${w}Account.id, groupIds: [ 'blob' ] } }
    ]
  }
}

resource ${w}Vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv\${uniqueString(resourceGroup().id, '${w}')}'
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: ${mostly('true', 'null')}
    publicNetworkAccess: 'Disabled'
  }
}

resource ${w}Secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: ${w}Vault
  name: 'password'
  properties: { value: password, attributes: { exp: 1798761600 } }
}

resource ${w}Role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(${w}Vault.id, '${w}')
  scope: ${w}Vault
  properties: {
    principalId: ${w}Identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
  }
}

resource ${w}Sql 'Microsoft.Sql/servers@2023-08-01' = {
  name: '\${prefix}-${w}-sql'
  location: location
  properties: {
    administratorLogin: 'operator'
    administratorLoginPassword: password
    minimalTlsVersion: '1.2'
    publicNetworkAccess: ${mostly("'Disabled'", "'Enabled'")}
  }
}

resource ${w}Databases 'Microsoft.Sql/servers/databases@2023-08-01' = [
  for name in [ 'orders', 'invoices' ]: {
    parent: ${w}Sql
    name: name
    location: location
    sku: { name: 'GP_Gen5_2' }
    properties: { zoneRedundant: production }
  }
]

resource ${w}Auditing 'Microsoft.Sql/servers/auditingSettings@2023-08-01' = {
  parent: ${w}Sql
  name: 'default'
  properties: { state: 'Enabled', isAzureMonitorTargetEnabled: true, retentionDays: 90 }
}

resource ${w}Plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '\${prefix}-${w}-plan'
  location: location
  sku: { name: 'P1v3' }
}

resource ${w}Sites 'Microsoft.Web/sites@2023-12-01' = [
  for name in [ 'api', 'web' ]: {
    name: '\${prefix}-${w}-\${name}'
    location: location
    identity: { type: 'UserAssigned', userAssignedIdentities: { '\${${w}Identity.id}': {} } }
    properties: {
      serverFarmId: ${w}Plan.id
      httpsOnly: ${mostly('true', 'false')}
      siteConfig: {
        minTlsVersion: '1.2'
        ftpsState: 'Disabled'
        appSettings: [
          { name: 'VAULT', value: ${w}Vault.properties.vaultUri }
          { name: 'STAGE', value: production ? 'production' : 'test' }
        ]
      }
    }
  }
]

resource ${w}Bus 'Microsoft.ServiceBus/namespaces@2022-10-01-preview' = {
  name: '\${prefix}-${w}-bus'
  location: location
  sku: { name: 'Premium' }
  properties: { minimumTlsVersion: '1.2', disableLocalAuth: ${mostly('true', 'false')} }
}

resource ${w}Queue 'Microsoft.ServiceBus/namespaces/queues@2022-10-01-preview' = {
  parent: ${w}Bus
  name: 'orders'
}

resource ${w}Cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: '\${prefix}-${w}-cosmos'
  location: location
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [ { locationName: location } ]
    disableLocalAuth: true
    publicNetworkAccess: 'Disabled'
  }
}

resource ${w}Registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: '\${prefix}${w}acr'
  location: location
  sku: { name: 'Premium' }
  properties: { adminUserEnabled: ${mostly('false', 'true')}, publicNetworkAccess: 'Disabled' }
}

resource ${w}Cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: '\${prefix}-${w}-aks'
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: '${w}'
    disableLocalAccounts: true
    apiServerAccessProfile: { enablePrivateCluster: ${mostly('true', 'false')} }
    networkProfile: { networkPlugin: 'azure', networkPolicy: 'cilium', networkDataplane: 'cilium' }
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vmSize: 'Standard_D4s_v5', enableEncryptionAtHost: true }
    ]
  }
}

resource ${w}Logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '\${prefix}-${w}-logs'
  location: location
  properties: { retentionInDays: 90 }
}

resource ${w}VaultLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: ${w}Vault
  properties: { workspaceId: ${w}Logs.id, logs: [ { categoryGroup: 'audit', enabled: true } ] }
}

resource ${w}SqlLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'audit'
  scope: ${w}Databases[0]
  properties: { workspaceId: ${w}Logs.id, logs: [ { categoryGroup: 'audit', enabled: true } ] }
}

resource ${w}Lock 'Microsoft.Authorization/locks@2020-05-01' = if (production) {
  name: 'keep'
  scope: ${w}Sql
  properties: { level: 'CanNotDelete' }
}
`;
}

/** How many resources a workload deploys. */
export const resourcesPerWorkload = 40;

/** A Bicep file with that many workloads. */
export function estateText(workloads, random) {
  const head = `param location string = resourceGroup().location
param prefix string = 'contoso'
param production bool
@secure()
param password string
var tags = { owner: 'platform', costCenter: '4711' }
`;
  return head + Array.from({ length: workloads }, (_, index) => workload(index, random)).join('');
}
