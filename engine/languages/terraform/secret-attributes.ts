import type { ObjectValue } from '../../estate/value.ts';

/** Names that the Azure providers give to what they document as sensitive. */
const sensitiveNames =
  /(^|_)(access_key|shared_key|account_key|master_key|api_key|primary_key|secondary_key|instrumentation_key|connection_string|connection_string_alias|password|client_secret)$|^(kube(_admin)?_config(_raw)?|site_credential|sas|primary_.*_key|secondary_.*_key|custom_data)$/;

/** Attributes that are sensitive in these types only. */
const sensitiveAttributes: Readonly<Record<string, readonly string[]>> = {
  azurerm_key_vault_secret: ['value'],
  azurerm_key_vault_certificate_data: ['key', 'pem'],
  azurerm_function_app_host_keys: [
    'default_function_key',
    'event_grid_extension_config_key',
    'signalr_extension_key',
    'durabletask_extension_key',
    'webpubsub_extension_key',
    'blobs_extension_key',
  ],
  azurerm_virtual_desktop_host_pool_registration_info: ['token'],
  azuread_application_password: ['value'],
  azuread_service_principal_password: ['value'],
  azapi_resource: ['sensitive_output'],
  azapi_resource_action: ['sensitive_output'],
  azapi_update_resource: ['sensitive_output'],
  random_password: ['result', 'bcrypt_hash'],
  tls_private_key: ['private_key_pem', 'private_key_openssh', 'private_key_pem_pkcs8'],
};

/**
 * True for what a provider documents as sensitive: keys, connection strings, passwords, tokens, kubeconfigs. `body` holds the
 * arguments of the block, which say what an action of `azapi_resource_action` returns.
 */
export function isSecretAttribute(type: string, name: string, body: ObjectValue): boolean {
  if (sensitiveNames.test(name) || sensitiveAttributes[type]?.includes(name) === true) return true;
  return type === 'azapi_resource_action' && name === 'output' && givesSecrets(body);
}

/** Azure's `list…` actions are there to hand out what reading a resource does not show; Bicep treats them alike. */
function givesSecrets(body: ObjectValue): boolean {
  const action = body.get('action');
  return (
    action.kind === 'scalar' &&
    /^list|key|secret|credential|password|token|connectionstring/i.test(String(action.value ?? ''))
  );
}
