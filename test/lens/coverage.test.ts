import { describe, expect, it } from 'vitest';
import type { CompiledCondition } from '../../engine/check/condition-types.ts';
import type { PropertyPath } from '../../engine/estate/path.ts';
import { parsePath } from '../../engine/estate/path.ts';
import type { Rows } from '../../engine/languages/terraform/lens-model.ts';
import { compiled } from '../rules/judge.ts';
import { shippedLens } from './tables.ts';

const lens = shippedLens();

/** Paths that no azurerm argument writes: a rule that reads one stays undetermined there, and that is the truth. */
const gaps = new Set<string>([
  'azurerm_machine_learning_workspace ml/outbound-private-endpoint: properties.managedNetwork.outboundRules',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.token.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.secret.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.password.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.connectionString.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.clientSecret.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.apiKey.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.adminPassword.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.parameters.accessKey.value',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.token.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.secret.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.password.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.connectionString.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.clientSecret.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.apiKey.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.adminPassword.defaultValue',
  'azurerm_logic_app_workflow logicapp/parameter-secret: properties.definition.parameters.accessKey.defaultValue',
  'azurerm_logic_app_workflow logicapp/limit-http-trigger: properties.definition.triggers',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.storageContainers[].authenticationType',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.storageContainers',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.serviceBusTopics[].authenticationType',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.serviceBusTopics',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.serviceBusQueues[].authenticationType',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.serviceBusQueues',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.eventHubs[].authenticationType',
  'azurerm_iothub iothub/endpoint-identity: properties.routing.endpoints.eventHubs',
  'azurerm_app_service appservice/public-network-access: properties.publicNetworkAccess',
  'azurerm_app_service_slot appservice/public-network-access: properties.publicNetworkAccess',
  'azurerm_arc_kubernetes_flux_configuration flux/secure-source: properties.ociRepository.insecure',
  'azurerm_data_protection_backup_vault backupvault/infrastructure-encryption: properties.securitySettings.encryptionSettings.infrastructureEncryption',
  'azurerm_elastic_san elastic-san/public-access: properties.publicNetworkAccess',
  'azurerm_function_app appservice/client-cert: properties.clientCertEnabled',
  'azurerm_function_app appservice/public-network-access: properties.publicNetworkAccess',
  'azurerm_function_app_slot appservice/client-cert: properties.clientCertEnabled',
  'azurerm_function_app_slot appservice/public-network-access: properties.publicNetworkAccess',
  'azurerm_kubernetes_cluster aks/dashboard-disabled: properties.addonProfiles.kubeDashboard.enabled',
  'azurerm_kubernetes_cluster_node_pool aks/pool-scale: properties.type',
  'azurerm_kubernetes_flux_configuration flux/secure-source: properties.ociRepository.insecure',
  'azurerm_lb lb/no-management-nat-rule: properties.inboundNatPools',
  'azurerm_lb lb/no-management-nat-rule: properties.inboundNatPools[].properties.backendPort',
  'azurerm_lb lb/no-management-nat-rule: properties.loadBalancingRules',
  'azurerm_lb lb/no-management-nat-rule: properties.loadBalancingRules[].properties.backendPort',
  'azurerm_linux_virtual_machine vm/disks-cmk: properties.storageProfile.dataDisks[].managedDisk.diskEncryptionSet.id',
  'azurerm_linux_virtual_machine vm/managed-disks: properties.storageProfile.dataDisks[].vhd.uri',
  'azurerm_linux_virtual_machine vm/metadata-security-protocol: properties.securityProfile.proxyAgentSettings.enabled',
  'azurerm_linux_virtual_machine_scale_set vmss/metadata-security-protocol: properties.virtualMachineProfile.securityProfile.proxyAgentSettings.enabled',
  'azurerm_managed_disk disk/data-access-auth-mode: properties.dataAccessAuthMode',
  'azurerm_netapp_account netapp/cmk: properties.encryptionKeySource',
  'azurerm_netapp_volume netapp/cmk: properties.encryption.keySource',
  'azurerm_orchestrated_virtual_machine_scale_set vmss/metadata-security-protocol: properties.virtualMachineProfile.securityProfile.proxyAgentSettings.enabled',
  'azurerm_redis_enterprise_cluster redis-enterprise/public-network-access: properties.publicNetworkAccess',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/no-rdp: properties.allowRdpAccess',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].access',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].destinationPortRange',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].destinationPortRanges',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].destinationPortRanges[]',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].direction',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].sourceAddressPrefix',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].sourceAddressPrefixes',
  'azurerm_service_fabric_managed_cluster servicefabricmanaged/nsg-rules-restricted: properties.networkSecurityRules[].sourceAddressPrefixes[]',
  'azurerm_redis_enterprise_database redis-enterprise/access-keys: properties.accessKeysAuthentication',
  'azurerm_security_center_contact defender-contact/enabled: properties.isEnabled',
  'azurerm_security_center_contact defender-contact/notify-owners: properties.notificationsByRole.roles',
  'azurerm_snapshot disk/data-access-auth-mode: properties.dataAccessAuthMode',
  'azurerm_snapshot disk/encryption-not-disabled: properties.encryptionSettingsCollection.enabled',
  'azurerm_storage_account storage/immutability: properties.state',
  'azurerm_storage_account storage/key-rotation-reminder: properties.keyPolicy.keyExpirationPeriodInDays',
  'azurerm_storage_account storage/legacy-encryption-off: properties.encryption.services.blob.enabled',
  'azurerm_storage_account storage/legacy-encryption-off: properties.encryption.services.file.enabled',
  'azurerm_storage_container_immutability_policy storage/immutability: properties.immutableStorageWithVersioning.immutabilityPolicy.state',
  'azurerm_storage_share storage/nfs-share-root-squash: properties.rootSquash',
  'azurerm_virtual_machine vm/agent-provisioned: properties.osProfile.linuxConfiguration.provisionVMAgent',
  'azurerm_virtual_machine vm/backup-enabled: properties.priority',
  'azurerm_virtual_machine vm/backup-enabled: properties.storageProfile.osDisk.diffDiskSettings.option',
  'azurerm_virtual_machine vm/disks-cmk: properties.storageProfile.dataDisks[].managedDisk.diskEncryptionSet.id',
  'azurerm_virtual_machine vm/disks-cmk: properties.storageProfile.osDisk.managedDisk.diskEncryptionSet.id',
  'azurerm_virtual_machine vm/extension-operations-blocked: properties.osProfile.allowExtensionOperations',
  'azurerm_virtual_machine vm/patch-assessment-periodic: properties.osProfile.linuxConfiguration.patchSettings.assessmentMode',
  'azurerm_virtual_machine vm/patch-mode-automatic: properties.osProfile.linuxConfiguration.patchSettings.patchMode',
  'azurerm_virtual_machine_extension vm/script-source-https: properties.source.scriptUri',
  'azurerm_virtual_machine_run_command vm/script-source-https: properties.settings.fileUris',
  'azurerm_virtual_machine_run_command vm/script-source-https: properties.settings.fileUris[]',
  'azurerm_virtual_machine_scale_set vmss/agent-provisioned: properties.virtualMachineProfile.osProfile.linuxConfiguration.provisionVMAgent',
  'azurerm_virtual_machine_scale_set vmss/disks-cmk: properties.virtualMachineProfile.storageProfile.dataDisks',
  'azurerm_virtual_machine_scale_set vmss/disks-cmk: properties.virtualMachineProfile.storageProfile.dataDisks[].managedDisk.diskEncryptionSet.id',
  'azurerm_virtual_machine_scale_set vmss/disks-cmk: properties.virtualMachineProfile.storageProfile.osDisk.managedDisk.diskEncryptionSet.id',
  'azurerm_virtual_machine_scale_set vmss/extension-operations-blocked: properties.virtualMachineProfile.osProfile.allowExtensionOperations',
  'azurerm_virtual_machine_scale_set_extension vm/script-source-https: properties.source.scriptUri',
  'azurerm_windows_virtual_machine vm/disks-cmk: properties.storageProfile.dataDisks[].managedDisk.diskEncryptionSet.id',
  'azurerm_windows_virtual_machine vm/managed-disks: properties.storageProfile.dataDisks[].vhd.uri',
  'azurerm_windows_virtual_machine vm/metadata-security-protocol: properties.securityProfile.proxyAgentSettings.enabled',
  'azurerm_windows_virtual_machine_scale_set vmss/metadata-security-protocol: properties.virtualMachineProfile.securityProfile.proxyAgentSettings.enabled',
  // Load balancing rules and NAT pools are resources of the provider that have no type of their own in Azure.
]);

/** The paths of a resource that a condition reads, its children and neighbours left out. */
function pathsOf(condition: CompiledCondition | undefined, type: string, prefix = ''): readonly string[] {
  if (condition === undefined) return [];
  switch (condition.op) {
    case 'any':
      if (condition.of.some((each) => isTrueOf(each, type))) return [];
      return condition.of.flatMap((each) => pathsOf(each, type, prefix));
    case 'all':
      return condition.of.flatMap((each) => pathsOf(each, type, prefix));
    case 'not':
      return pathsOf(condition.of, type, prefix);
    case 'value': {
      const path = condition.path === '' ? prefix : prefix === '' ? condition.path : `${prefix}.${condition.path}`;
      const inner = condition.tests.flatMap((test) =>
        test.op === 'quantifier' && test.over === 'items' ? pathsOf(test.of, type, `${path}[]`) : [],
      );
      return [path, ...inner];
    }
    case 'child':
    case 'related':
    case 'referencedBy':
      return [];
  }
}

/** Whether a condition only asks for the type of the resource, and this one has it. */
function isTrueOf(condition: CompiledCondition, type: string): boolean {
  if (condition.op !== 'value' || condition.path !== 'type') return false;
  return condition.tests.every(
    (test) =>
      (test.op === 'equals' || test.op === 'notEquals') &&
      (String(test.value).toLowerCase() === type) === (test.op === 'equals'),
  );
}

function covers(rows: Rows, path: PropertyPath): boolean {
  const written = [
    ...rows.attributes.flatMap((row) => row.to),
    ...rows.derived.map((row) => row.to),
    ...rows.constants.map((row) => row.to),
  ];
  if (written.some((to) => agree(to, path))) return true;
  return rows.lists.some(
    (list) =>
      agree(list.to, path) && (path.length <= list.to.length + 1 || covers(list.rows, path.slice(list.to.length + 1))),
  );
}

/** One path begins with the other. */
function agree(a: PropertyPath, b: PropertyPath): boolean {
  return a.every((segment, index) => {
    const other = b[index];
    if (other === undefined) return true;
    return segment.kind === 'key' && other.kind === 'key'
      ? segment.key.toLowerCase() === other.key.toLowerCase()
      : segment.kind === other.kind;
  });
}

const beside = ['name', 'type', 'apiversion', 'scope', ''];

describe('what rules read of resources', () => {
  const splits = Object.values(lens.types).filter((table) => table.into !== undefined);
  for (const table of Object.values(lens.types)) {
    const type = table.type?.toLowerCase();
    if (type === undefined) continue;
    const rules = compiled.checks.rules.filter((rule) => rule.types.some((each) => each.toLowerCase() === type));
    if (rules.length === 0) continue;
    it(`has a row in ${table.terraformType}`, () => {
      const sources = [table, ...splits.filter((split) => split.into?.type.toLowerCase() === type)];
      const missing = rules.flatMap((rule) =>
        [rule.where, rule.moot, rule.require]
          .flatMap((condition) => pathsOf(condition, type))
          .filter((path) => !beside.includes(path.toLowerCase()))
          .filter((path) => !sources.some((rows) => covers(rows, parsePath(path))))
          .map((path) => `${rule.id}: ${path}`)
          .filter((gap) => !gaps.has(`${table.terraformType} ${gap}`)),
      );
      expect([...new Set(missing)]).toEqual([]);
    });
  }
});
