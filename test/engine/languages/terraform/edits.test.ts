import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath, printPath } from '../../../../engine/estate/path.ts';
import type { NewValue, PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import {
  editTerraformProperties,
  editTerraformValue,
  terraformSourceValue,
} from '../../../../engine/languages/terraform/edits.ts';
import { toAzure } from '../../../../engine/languages/terraform/lens-transform.ts';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';
import { shippedLens } from '../../../lens/tables.ts';
import { read, shown, toValue, type Written } from './instances.ts';
import { lensOf } from './literals.ts';

const lens = shippedLens();

function set(path: string, data: Data): PropertyEdit {
  return { kind: 'set', path: parsePath(path), value: { kind: 'data', data } };
}

function remove(path: string): PropertyEdit {
  return { kind: 'remove', path: parsePath(path) };
}

/** The text after edits of the first resource, or why there are none. */
function edited(text: string, edits: readonly PropertyEdit[], which = 0): string {
  const { result } = lensOf(text, lens);
  const resource = result.resources()[which];
  if (resource === undefined) throw new Error('no resource');
  const outcome = editTerraformProperties(
    resource,
    edits,
    () => text,
    (ask) => ask.example,
  );
  if (outcome.kind === 'refused') return outcome.reason;
  return outcome.files.reduce((current, file) => applyEdits(current, file.edits), text);
}

const account = (body: string): string => `resource "azurerm_storage_account" "a" {\n${body}}\n`;

describe('setting a property', () => {
  it('replaces nothing but the value', () => {
    const bad = account('  name = "a" # the name\n  min_tls_version = var.tls  # old\n');
    expect(edited(bad, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(bad.replace('var.tls', '"TLS1_2"'));
  });

  it('inserts behind the last argument before the first block, in line with its neighbours', () => {
    const bad = account(
      '  name         = "a"\n  account_tier = "Standard"\n\n  network_rules {\n    default_action = "Deny"\n  }\n',
    );
    const good = account(
      '  name            = "a"\n  account_tier    = "Standard"\n  min_tls_version = "TLS1_2"\n\n  network_rules {\n    default_action = "Deny"\n  }\n',
    );
    expect(edited(bad, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(good);
  });

  it('leaves arguments alone that the author does not align', () => {
    const bad = account('  name = "a"\n  account_tier = "Standard" // cheap\n');
    expect(edited(bad, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(
      account('  name = "a"\n  account_tier = "Standard" // cheap\n  min_tls_version = "TLS1_2"\n'),
    );
  });

  it('keeps line breaks and indentation as they are in the file', () => {
    const bad = 'resource "azurerm_storage_account" "a" {\r\n\tname = "a"\r\n}\r\n';
    expect(edited(bad, [set('properties.networkAcls.defaultAction', 'Deny')])).toBe(
      'resource "azurerm_storage_account" "a" {\r\n\tname = "a"\r\n\r\n\tnetwork_rules {\r\n\t\tdefault_action = "Deny"\r\n\t}\r\n}\r\n',
    );
  });

  it('opens blocks that are written on one line', () => {
    const bad = account('  name = "a"\n\n  network_rules { bypass = ["None"] }\n');
    expect(edited(bad, [set('properties.networkAcls.defaultAction', 'Deny')])).toBe(
      account('  name = "a"\n\n  network_rules {\n    bypass         = ["None"]\n    default_action = "Deny"\n  }\n'),
    );
    const empty = 'resource "azurerm_linux_web_app" "a" {\n  name = "a"\n\n  site_config {}\n}\n';
    expect(edited(empty, [set('properties.siteConfig.minTlsVersion', '1.2')])).toBe(
      empty.replace('site_config {}', 'site_config {\n    minimum_tls_version = "1.2"\n  }'),
    );
  });

  it('makes one new block for several properties', () => {
    const edits = [
      set('properties.networkAcls.defaultAction', 'Deny'),
      set('properties.networkAcls.bypass', 'Logging, Metrics'),
    ];
    expect(edited(account('  name = "a"\n'), edits)).toBe(
      account(
        '  name = "a"\n\n  network_rules {\n    default_action = "Deny"\n    bypass         = ["Logging", "Metrics"]\n  }\n',
      ),
    );
    expect(edited(account('  name = "a"\n'), [set('properties.networkAcls', { defaultAction: 'Deny' })])).toContain(
      '  network_rules {\n    default_action = "Deny"\n  }\n',
    );
  });

  it('writes the name that the admitted provider versions know', () => {
    const terraform = (version: string) =>
      `terraform {\n  required_providers {\n    azurerm = {\n      version = "${version}"\n    }\n  }\n}\n\n${account('  name = "a"\n')}`;
    const https = [set('properties.supportsHttpsTrafficOnly', true)];
    expect(edited(terraform('~> 3.0'), https)).toContain('enable_https_traffic_only = true');
    expect(edited(terraform('~> 4.0'), https)).toContain('https_traffic_only_enabled = true');
    expect(edited(terraform('>= 3.0'), https)).toContain('https_traffic_only_enabled = true');
    const old = account('  enable_https_traffic_only = false\n');
    expect(edited(old, https)).toBe(old.replace('false', 'true'));
  });

  it('writes into the split resource where there is one', () => {
    const bad = `${account('  name = "a"\n')}
resource "azurerm_storage_account_network_rules" "a" {
  storage_account_id = azurerm_storage_account.a.id
}
`;
    expect(edited(bad, [set('properties.networkAcls.defaultAction', 'Deny')])).toBe(
      bad.replace('.a.id\n', '.a.id\n  default_action     = "Deny"\n'),
    );
    expect(edited(bad, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(
      bad.replace('name = "a"\n', 'name            = "a"\n  min_tls_version = "TLS1_2"\n'),
    );
  });

  it('sets what follows from an argument by that argument, unless it follows already', () => {
    const machine = (body: string) => `resource "azurerm_linux_virtual_machine" "a" {\n${body}}\n`;
    const launch = [
      set('properties.securityProfile.securityType', 'TrustedLaunch'),
      set('properties.securityProfile.uefiSettings.vTpmEnabled', true),
    ];
    expect(edited(machine('  name = "a"\n'), launch)).toBe(machine('  name         = "a"\n  vtpm_enabled = true\n'));
    expect(edited(machine('  name = "a"\n'), launch.slice(0, 1))).toBe(
      machine('  name                = "a"\n  secure_boot_enabled = true\n'),
    );
    expect(edited(machine('  name = "a"\n'), [set('properties.securityProfile.securityType', 'Standard')])).toContain(
      'no argument',
    );
  });

  it('refuses what the provider has no argument for, or only another value', () => {
    expect(edited(account('  name = "a"\n'), [set('properties.unheardOf', 1)])).toBe(
      'azurerm_storage_account has no argument for properties.unheardOf.',
    );
    expect(edited(account('  name = "a"\n'), [set('properties.publicNetworkAccess', 'SecuredByPerimeter')])).toContain(
      'no argument',
    );
  });

  it('refuses a resource that has a syntax error', () => {
    expect(
      edited('resource "azurerm_storage_account" "a" {\n  name = \n  sku = 1\n}\n', [
        set('properties.minimumTlsVersion', 'x'),
      ]),
    ).toContain('syntax error');
  });
});

const group = (rules: string): string => `resource "azurerm_network_security_group" "a" {\n  name = "a"\n\n${rules}}\n`;
const rule = (name: string, source: string): string =>
  `  security_rule {\n    name                  = "${name}"\n    ${source}\n  }\n`;

describe('items of lists', () => {
  it('are set in the block that they are', () => {
    const bad = group(`${rule('a', 'source_address_prefix = "*"')}\n${rule('b', 'source_address_prefix = "*"')}`);
    const good =
      bad.slice(0, bad.lastIndexOf('"*"')) + bad.slice(bad.lastIndexOf('"*"')).replace('"*"', '"10.0.0.0/8"');
    expect(edited(bad, [set('properties.securityRules[1].properties.sourceAddressPrefix', '10.0.0.0/8')])).toBe(good);
    expect(edited(bad, [remove('properties.securityRules[0]')])).toBe(group(rule('b', 'source_address_prefix = "*"')));
  });

  it('are set and removed where they are values of a list', () => {
    const bad = group(rule('a', 'source_address_prefixes = ["a", "b", "c"]'));
    const path = 'properties.securityRules[0].properties.sourceAddressPrefixes';
    expect(edited(bad, [set(`${path}[1]`, 'x')])).toBe(bad.replace('"b"', '"x"'));
    expect(edited(bad, [remove(`${path}[1]`)])).toBe(bad.replace('"b", ', ''));
    expect(edited(bad, [remove(`${path}[2]`)])).toBe(bad.replace(', "c"', ''));
    const rules = account('  network_rules {\n    ip_rules = ["1.1.1.1", "2.2.2.2"]\n  }\n');
    expect(edited(rules, [remove('properties.networkAcls.ipRules[0]')])).toBe(rules.replace('"1.1.1.1", ', ''));
    expect(edited(rules, [set('properties.networkAcls.ipRules[0].value', '3.3.3.3')])).toBe(
      rules.replace('1.1.1.1', '3.3.3.3'),
    );
  });

  it('of a dynamic block are set in its content, unless they come from its list', () => {
    const dynamic = (source: string) =>
      group(
        `  dynamic "security_rule" {\n    for_each = [1]\n    content {\n      source_address_prefix = ${source}\n    }\n  }\n`,
      );
    const edit = [set('properties.securityRules[0].properties.sourceAddressPrefix', '10.0.0.0/8')];
    expect(edited(dynamic('"*"'), edit)).toBe(dynamic('"10.0.0.0/8"'));
    expect(edited(dynamic('security_rule.value.source'), edit)).toContain('comes from the list');
    expect(edited(dynamic('"*"'), [remove('properties.securityRules[0]')])).toContain('dynamic block');
  });

  it('are set where blocks are written as an argument', () => {
    const bad = group('  security_rule = [{ name = "a", source_address_prefix = "*" }]\n');
    expect(edited(bad, [set('properties.securityRules[0].properties.sourceAddressPrefix', 'x')])).toBe(
      bad.replace('"*"', '"x"'),
    );
  });

  it('become blocks where there are none', () => {
    const rules = [{ name: 'a', properties: { priority: 100, access: 'Deny' } }];
    expect(
      edited('resource "azurerm_network_security_group" "a" {\n  name = "a"\n}\n', [
        set('properties.securityRules', rules),
      ]),
    ).toBe(
      'resource "azurerm_network_security_group" "a" {\n  name = "a"\n\n  security_rule {\n    name     = "a"\n    priority = 100\n    access   = "Deny"\n  }\n}\n',
    );
  });
});

describe('the value to write where a value came from', () => {
  it('is the one that the provider has for it', () => {
    const [resource] = lensOf(account('  public_network_access_enabled = var.public\n'), lens).result.resources();
    if (resource === undefined) throw new Error('no resource');
    const at = (path: string, value: Data) => terraformSourceValue(resource, parsePath(path), value);
    expect(at('properties.publicNetworkAccess', 'Disabled')).toBe(false);
    expect(at('properties.minimumTlsVersion', 'TLS1_2')).toBe('TLS1_2');
    expect(at('properties.networkAcls.ipRules[0].value', '1.1.1.1')).toBe('1.1.1.1');
    expect(at('properties.unheardOf', 1)).toBeUndefined();
  });
});

describe('a literal where a value came from', () => {
  const text = 'variable "tls" {\n  default = "TLS1_0"\n}\n\nlocals {\n  a = var.tls\n}\n';
  const replace = (written: string) => {
    const start = text.indexOf(written);
    const place = { uri: 'file:///main.tf', start, end: start + written.length };
    return editTerraformValue(
      place,
      { kind: 'data', data: 'TLS1_2' },
      () => text,
      (ask) => ask.example,
    );
  };

  it('is replaced, and nothing else is', () => {
    const result = replace('"TLS1_0"');
    const [file] = result.kind === 'edits' ? result.files : [];
    expect(applyEdits(text, file?.edits ?? [])).toBe(text.replace('TLS1_0', 'TLS1_2'));
    expect(replace('var.tls').kind).toBe('refused');
  });
});

describe('removing a property', () => {
  it('takes out the line, and closes the ranks of the others', () => {
    const bad = account(
      '  name                      = "a"\n  shared_access_key_enabled = false # why\n  account_tier              = "Standard"\n',
    );
    expect(edited(bad, [remove('properties.allowSharedKeyAccess')])).toBe(
      account('  name         = "a"\n  account_tier = "Standard"\n'),
    );
  });

  it('takes out a block that says nothing else', () => {
    const bad = account('  name = "a"\n\n  sas_policy {\n    expiration_period = "1"\n  }\n');
    expect(edited(bad, [remove('properties.sasPolicy')])).toBe(account('  name = "a"\n'));
    const first = account('  sas_policy {\n    expiration_period = "1"\n  }\n\n  name = "a"\n');
    expect(edited(first, [remove('properties.sasPolicy')])).toBe(account('  name = "a"\n'));
  });
});

describe('a property that a block says by being there', () => {
  const softDelete = (properties: Data): PropertyEdit => ({
    kind: 'add-child',
    type: 'Microsoft.Storage/storageAccounts/blobServices',
    apiVersion: '2023-05-01',
    name: 'default',
    body: { kind: 'data', data: { properties } },
  });

  it('is set by the block, with what else is in it', () => {
    const bad = account('  name = "a"\n');
    expect(edited(bad, [softDelete({ deleteRetentionPolicy: { enabled: true, days: 30 } })])).toBe(
      account('  name = "a"\n\n  blob_properties {\n    delete_retention_policy {\n      days = 30\n    }\n  }\n'),
    );
    expect(edited(bad, [softDelete({ deleteRetentionPolicy: { enabled: true } })])).toBe(
      account('  name = "a"\n\n  blob_properties {\n    delete_retention_policy {}\n  }\n'),
    );
  });
});

describe('children', () => {
  const child: PropertyEdit = {
    kind: 'add-child',
    type: 'Microsoft.Sql/servers/extendedAuditingSettings',
    apiVersion: '2023-08-01',
    name: 'default',
    body: { kind: 'data', data: { properties: { state: 'Enabled' } } },
  };
  const server = (body: string): string => `resource "azurerm_mssql_server" "s" {\n${body}}\n`;

  it('are added as resources that refer to their parent', () => {
    const policy = 'resource "azurerm_mssql_server_extended_auditing_policy" "s" {\n';
    expect(edited(server('  name = "s"\n'), [child])).toBe(
      `${server('  name = "s"\n')}\n${policy}  server_id = azurerm_mssql_server.s.id\n  enabled   = true\n}\n`,
    );
    expect(edited(server('  for_each = var.all\n'), [child])).toContain(
      '  for_each  = azurerm_mssql_server.s\n  server_id = each.value.id\n',
    );
    expect(edited(server('  count    = 2\n  provider = azurerm.other\n'), [child])).toContain(
      '  count     = length(azurerm_mssql_server.s)\n  provider  = azurerm.other\n  server_id = azurerm_mssql_server.s[count.index].id\n',
    );
  });

  it('are added as blocks where the provider has them so, and edited there', () => {
    const blobs: PropertyEdit = {
      ...child,
      type: 'Microsoft.Storage/storageAccounts/blobServices',
      body: { kind: 'data', data: { properties: { isVersioningEnabled: true, deleteRetentionPolicy: { days: 30 } } } },
    };
    const good = account(
      '  name = "a"\n\n  blob_properties {\n    versioning_enabled = true\n\n    delete_retention_policy {\n      days = 30\n    }\n  }\n',
    );
    expect(edited(account('  name = "a"\n'), [blobs])).toBe(good);
    expect(edited(good, [set('properties.deleteRetentionPolicy.days', 7)], 1)).toBe(good.replace('30', '7'));
  });

  it('that are plain arguments are edited as such', () => {
    const app = 'resource "azurerm_linux_web_app" "a" {\n  ftp_publish_basic_authentication_enabled = true\n}\n';
    expect(edited(app, [set('properties.allow', false)], 1)).toBe(app.replace('true', 'false'));
  });

  it('are refused where only the author can name them', () => {
    const azapi = 'resource "azapi_resource" "s" {\n  type = "Microsoft.Sql/servers@2023-08-01"\n}\n';
    expect(edited(azapi, [child])).toContain('only the author');
  });
});

const azapi = (body: string): string =>
  `resource "azapi_resource" "a" {\n  type = "Microsoft.Storage/storageAccounts@2023-01-01"\n  body = ${body}\n}\n`;

describe('azapi bodies', () => {
  it('are edited in the style of their author', () => {
    const quoted = azapi('jsonencode({\n    "properties": {\n      "accessTier": "Cool",\n      "a": 1\n    }\n  })');
    expect(edited(quoted, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(
      quoted.replace('"a": 1', '"a": 1,\n      "minimumTlsVersion": "TLS1_2"'),
    );
    const oneLine = azapi('{ properties = { accessTier = "Cool" } }');
    expect(edited(oneLine, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(
      oneLine.replace('"Cool"', '"Cool", minimumTlsVersion = "TLS1_2"'),
    );
  });

  it('get objects that are missing, one for several properties', () => {
    const bad = azapi('{\n    properties = {\n      accessTier = "Cool"\n    }\n  }');
    const edits = [set('properties.networkAcls.defaultAction', 'Deny'), set('properties.networkAcls.bypass', 'None')];
    expect(edited(bad, edits)).toBe(
      bad.replace(
        '"Cool"\n',
        '"Cool"\n      networkAcls = {\n        defaultAction = "Deny"\n        bypass        = "None"\n      }\n',
      ),
    );
  });

  it('lose members and items', () => {
    const bad = azapi(
      '{\n    properties = {\n      a = 1\n      list = [\n        { x = 1 },\n        { x = 2 },\n      ]\n    }\n  }',
    );
    expect(edited(bad, [remove('properties.a')])).toBe(bad.replace('      a = 1\n', ''));
    expect(edited(bad, [remove('properties.list[0].x')])).toContain('{  },\n        { x = 2 }');
    expect(edited(bad, [set('properties.list[1].x', 3)])).toBe(bad.replace('x = 2', 'x = 3'));
  });

  it('are left alone where they are computed', () => {
    expect(edited(azapi('merge(local.a, {})'), [set('properties.a', 1)])).toContain('computed');
    expect(edited(azapi('{\n    properties = local.p\n  }'), [set('properties.a', 1)])).toContain('computed');
    expect(edited(azapi('{\n    (var.key) = 1\n  }'), [set('properties.a', 1)])).toContain('computed');
    expect(edited(azapi('<<JSON\n{}\nJSON'), [set('properties.a', 1)])).toContain('JSON text');
  });

  it('are edited in the update that writes the property', () => {
    const bad = `${azapi('{\n    properties = {}\n  }')}
resource "azapi_update_resource" "b" {
  type        = "Microsoft.Storage/storageAccounts@2023-01-01"
  resource_id = azapi_resource.a.id
  body = {
    properties = {
      minimumTlsVersion = "TLS1_0"
    }
  }
}
`;
    expect(edited(bad, [set('properties.minimumTlsVersion', 'TLS1_2')])).toBe(bad.replace('TLS1_0', 'TLS1_2'));
  });
});

describe('every row with a way back', () => {
  const rows = Object.values(lens.types).flatMap((table) =>
    table.type === undefined
      ? []
      : table.attributes
          .filter((row) => !row.readOnly && row.transform.kind !== 'id' && row.versions === '')
          .map((row) => ({ table, row, path: row.to[0] ?? [] }))
          .filter(({ path }) => path.every((segment) => segment.kind === 'key')),
  );
  /** What the provider could be told. */
  const values = (row: (typeof rows)[number]['row']): Data =>
    row.transform.kind === 'map'
      ? (row.transform.pairs[0]?.[0] ?? '')
      : row.transform.kind === 'not'
        ? true
        : row.transform.kind === 'join' || row.transform.kind === 'keys'
          ? ['a', 'b']
          : row.transform.kind === 'entries'
            ? { a: 'b' }
            : 'x';

  it('reads from the edited text what was set', () => {
    expect(rows.length).toBeGreaterThan(400);
    for (const { table, row, path } of rows) {
      const terraform = values(row);
      const azure = shown(toAzure(row, path, toValue(terraform as Written))) as Data;
      const text = `resource "${table.terraformType}" "x" {\n  resource_group_name = "g"\n}\n`;
      const place = `${table.terraformType}.${row.attribute.join('.')}`;
      const after = edited(text, [{ kind: 'set', path, value: { kind: 'data', data: azure } }]);
      expect(parseTerraform(after).problems, `${place}: ${after}`).toEqual([]);
      const [resource] = lensOf(after, lens).result.resources();
      if (resource === undefined) throw new Error(place);
      expect(shown(read(resource.body, printPath(path))), `${place}: ${after}`).toEqual(azure);
    }
  });

  it('leaves every text that it edits parsable and the rest of it as it was', () => {
    const bodies = fc.array(
      fc.constantFrom(
        '  name = "a"\n',
        '  account_tier   = "Standard" # tier\n',
        '\n',
        '  # a comment\n',
        '  tags = {\n    a = "b"\n  }\n',
        '  network_rules {\n    bypass = ["None"]\n  }\n',
        '  lifecycle {}\n',
      ),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(bodies, fc.constantFrom('minimumTlsVersion', 'networkAcls.defaultAction'), (parts, path) => {
        const body = [...new Set(parts)].join('');
        const text = account(body);
        const after = edited(text, [set(`properties.${path}`, 'Value')]);
        expect(parseTerraform(after).problems).toEqual([]);
        const squeezed = (written: string) => written.replaceAll(/\s+/g, '');
        for (const part of new Set(parts)) expect(squeezed(after)).toContain(squeezed(part).replace(/\}$/, ''));
        const [resource] = lensOf(after, lens).result.resources();
        expect(resource === undefined ? '' : shown(read(resource.body, `properties.${path}`))).toBe('Value');
        expect(edited(after, [set(`properties.${path}`, 'Value')])).toBe(after);
      }),
    );
  });
});

describe('resources that refer to this one', () => {
  const id: NewValue = { kind: 'own', part: 'id' };
  const object = (members: Record<string, NewValue>): NewValue => ({
    kind: 'object',
    members: new Map(Object.entries(members)),
  });
  const endpoint: PropertyEdit = {
    kind: 'add-referring',
    type: 'Microsoft.Network/privateEndpoints',
    apiVersion: '2023-11-01',
    name: 'pe-{name}',
    onto: false,
    body: object({
      location: { kind: 'own', part: 'location' },
      properties: object({
        privateLinkServiceConnections: {
          kind: 'array',
          items: [object({ name: { kind: 'data', data: 'blob' }, properties: object({ privateLinkServiceId: id }) })],
        },
      }),
    }),
  };
  const lock: PropertyEdit = {
    kind: 'add-referring',
    type: 'Microsoft.Authorization/locks',
    apiVersion: '2020-05-01',
    name: 'keep',
    onto: true,
    body: { kind: 'data', data: { properties: { level: 'ReadOnly' } } },
  };
  const where = '  resource_group_name = "g"\n';

  it('say what the provider wants to be told besides', () => {
    expect(edited(account(where), [endpoint])).toBe(`${account(where)}
resource "azurerm_private_endpoint" "a" {
  name                = "pe-\${azurerm_storage_account.a.name}"
  resource_group_name = azurerm_storage_account.a.resource_group_name
  location            = azurerm_storage_account.a.location

  private_service_connection {
    name                           = "blob"
    private_connection_resource_id = azurerm_storage_account.a.id
    is_manual_connection           = false
  }
}
`);
  });

  it('are put on it where they are extensions, once for each instance', () => {
    expect(edited(account('  count = 2\n'), [lock])).toBe(`${account('  count = 2\n')}
resource "azurerm_management_lock" "a" {
  count      = length(azurerm_storage_account.a)
  name       = "keep"
  scope      = azurerm_storage_account.a[count.index].id
  lock_level = "ReadOnly"
}
`);
  });

  it('are refused where there is one of that name, and where the group is not said', () => {
    const other = '\nresource "azurerm_management_lock" "a" {\n  name = "x"\n}\n';
    expect(edited(account('') + other, [lock])).toBe("There is a azurerm_management_lock named 'a' already.");
    expect(edited(account(''), [endpoint])).toBe('The resource does not say its resource group.');
  });
});

describe('properties that have a resource of their own', () => {
  const group = set('properties.networkSecurityGroup.id', 'nsg');

  it('are set by one that follows', () => {
    const subnet = 'resource "azurerm_subnet" "s" {\n  for_each = var.all\n  name     = "s"\n}\n';
    expect(edited(subnet, [group])).toBe(`${subnet}
resource "azurerm_subnet_network_security_group_association" "s" {
  for_each                  = azurerm_subnet.s
  subnet_id                 = each.value.id
  network_security_group_id = "nsg"
}
`);
  });
});

describe('a tag', () => {
  const tag = [set('tags.class', 'internal')];
  it.each([
    ['  name = "a"\n', '  name = "a"\n  tags = {\n    class = "internal"\n  }\n'],
    ['  tags = { owner = "x" }\n', '  tags = { owner = "x", class = "internal" }\n'],
    ['  tags = { Class = "intern" }\n', '  tags = { Class = "internal" }\n'],
    [
      '  tags = merge(local.tags, { owner = "x" })\n',
      '  tags = merge(local.tags, { owner = "x", class = "internal" })\n',
    ],
  ])('is set in %j', (bad, good) => {
    expect(edited(account(bad), tag)).toBe(account(good));
    const block = (body: string): string =>
      `resource "azapi_resource" "a" {\n  type = "Microsoft.Storage/storageAccounts@2023-01-01"\n\n${body}}\n`;
    if (bad.includes('tags')) expect(edited(block(bad), tag)).toBe(block(good));
  });

  it.each(['var.tags', 'merge({ owner = "x" }, var.tags)', '{ (var.name) = "x" }'])('is left alone in %s', (tags) => {
    expect(edited(account(`  tags = ${tags}\n`), tag)).toMatch(/^The tags are computed/);
  });
});
