import { describe, expect, test } from 'vitest';
import { Analysis } from '../../../engine/analysis/analysis.ts';
import { editsOf } from '../../../engine/analysis/apply-fix.ts';
import type { Snapshot } from '../../../engine/estate/snapshot.ts';
import { compiled } from '../../rules/judge.ts';

const folder = 'file:///w/';

/** Findings of a set of files by name, as `rule file text address`. */
function lint(files: Readonly<Record<string, string>>, names: readonly string[] = Object.keys(files)) {
  const texts = new Map(Object.entries(files).map(([name, text]) => [folder + name, text]));
  const snapshot: Snapshot = {
    file: (uri) => {
      const text = texts.get(uri);
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    },
    list: (uri) => {
      const inside = [...texts.keys()].filter((each) => each.startsWith(uri)).map((each) => each.slice(uri.length));
      if (inside.length === 0) return { kind: 'absent' };
      return {
        kind: 'entries',
        files: inside.filter((name) => !name.includes('/')),
        folders: [...new Set(inside.filter((name) => name.includes('/')).map((name) => name.split('/')[0] ?? ''))],
      };
    },
  };
  const result = new Analysis(compiled.checks, () => compiled.lens).lint({
    snapshot,
    files: names.map((name) => folder + name),
    folder,
    profile: 'all',
    rules: [],
    today: '2026-01-01',
  });
  const shown = result.findings.map(({ rule, place, resource }) => {
    const text = texts.get(place.uri)?.slice(place.start, place.end) ?? '';
    return `${rule} ${place.uri.slice(folder.length)} ${text} ${resource.address}`;
  });
  return { result, shown, textOf: (uri: string) => texts.get(uri) };
}

interface Planned {
  readonly type: string;
  readonly name: string;
  readonly values: object;
  readonly index?: number | string;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly module?: string;
}

/** A plan as `terraform show -json` prints it. */
function plan(resources: readonly Planned[], configuration: object = {}): string {
  const shown = resources.map(({ type, name, values, index, module, sensitive }) => ({
    address: `${module === undefined ? '' : `${module}.`}${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`,
    mode: 'managed',
    type,
    name,
    ...(index === undefined ? {} : { index }),
    provider_name: 'registry.terraform.io/hashicorp/azurerm',
    values,
    sensitive_values: sensitive ?? {},
  }));
  const modules = [...new Set(resources.flatMap(({ module }) => module ?? []))];
  const of = (module: string | undefined) => shown.filter((_, index) => resources[index]?.module === module);
  return JSON.stringify(
    {
      format_version: '1.2',
      terraform_version: '1.11.4',
      planned_values: {
        root_module: {
          resources: of(undefined),
          child_modules: modules.map((address) => ({ address, resources: of(address) })),
        },
      },
      resource_changes: shown.map(({ address }, index) => ({
        address,
        change: { actions: ['create'], after_unknown: resources[index]?.unknown ?? {} },
      })),
      configuration: { root_module: configuration },
    },
    null,
    2,
  );
}

const account = { name: 'stx', account_tier: 'Standard', account_replication_type: 'LRS', min_tls_version: 'TLS1_0' };

describe('a Terraform plan', () => {
  test('is judged on its own, at its values', () => {
    const { shown } = lint({
      'plan.json': plan([{ type: 'azurerm_storage_account', name: 'main', values: account, index: 0 }]),
    });
    expect(shown).toContain('storage/min-tls plan.json "TLS1_0" azurerm_storage_account.main');
  });

  test('is judged where the configuration beside it writes the value', () => {
    const { shown, result, textOf } = lint(
      {
        'plan.json': plan([{ type: 'azurerm_storage_account', name: 'main', values: account }]),
        'main.tf':
          'resource "azurerm_storage_account" "main" {\n  name            = "stx"\n  min_tls_version = "TLS1_0"\n}\n',
      },
      ['plan.json'],
    );
    expect(shown).toContain('storage/min-tls main.tf "TLS1_0" azurerm_storage_account.main');
    const finding = result.findings.find(({ rule }) => rule === 'storage/min-tls');
    const edits = editsOf(finding === undefined ? [] : result.fixesOf(finding), 'use', { textOf, answer: () => '' });
    expect(edits).toMatchObject({
      kind: 'edits',
      files: [{ uri: 'file:///w/main.tf', edits: [{ text: '"TLS1_2"' }] }],
    });
  });

  test('finds blocks in modules, and reports a missing property at the header', () => {
    const { shown } = lint(
      {
        'plan.json': plan([
          {
            type: 'azurerm_kubernetes_cluster',
            name: 'main',
            module: 'module.cluster["a"]',
            values: { name: 'aks', private_cluster_enabled: false },
          },
        ]),
        'main.tf': 'module "cluster" {\n  source   = "./cluster"\n  for_each = toset(["a"])\n}\n',
        'cluster/main.tf': 'resource "azurerm_kubernetes_cluster" "main" {\n  name = "aks"\n}\n',
      },
      ['plan.json'],
    );
    expect(shown.filter((each) => each.startsWith('aks/api-server-restricted'))).toEqual([
      'aks/api-server-restricted cluster/main.tf resource "azurerm_kubernetes_cluster" "main" module.cluster.azurerm_kubernetes_cluster.main',
    ]);
  });

  test('joins resources whose ids are only known after it was applied', () => {
    const openRule = {
      name: 'ssh',
      priority: 100,
      direction: 'Inbound',
      access: 'Allow',
      protocol: 'Tcp',
      source_port_range: '*',
      destination_port_range: '22',
      source_address_prefix: '*',
      destination_address_prefix: '*',
    };
    const configuration = {
      resources: [
        {
          address: 'azurerm_network_security_rule.ssh',
          type: 'azurerm_network_security_rule',
          name: 'ssh',
          expressions: {},
        },
        {
          address: 'azurerm_storage_account_network_rules.main',
          type: 'azurerm_storage_account_network_rules',
          name: 'main',
          expressions: {
            storage_account_id: { references: ['azurerm_storage_account.main.id', 'azurerm_storage_account.main'] },
          },
        },
      ],
    };
    const { shown } = lint({
      'plan.json': plan(
        [
          {
            type: 'azurerm_storage_account',
            name: 'main',
            values: { ...account, min_tls_version: 'TLS1_2' },
            unknown: { id: true },
          },
          {
            type: 'azurerm_storage_account_network_rules',
            name: 'main',
            values: { default_action: 'Allow' },
            unknown: { storage_account_id: true },
          },
          { type: 'azurerm_network_security_group', name: 'main', values: { name: 'nsg', security_rule: [openRule] } },
        ],
        configuration,
      ),
    });
    expect(shown).toContain('storage/firewall-default-deny plan.json "Allow" azurerm_storage_account.main');
    expect(shown.some((each) => each.startsWith('network/management-ports plan.json'))).toBe(true);
  });

  test('says nothing of what is known after it was applied', () => {
    const { min_tls_version: _, ...rest } = account;
    const { shown } = lint({
      'plan.json': plan([
        { type: 'azurerm_storage_account', name: 'main', values: rest, unknown: { min_tls_version: true } },
      ]),
    });
    expect(shown.filter((each) => each.startsWith('storage/min-tls'))).toEqual([]);
  });
});

describe('a Terraform state', () => {
  test('is judged by what there is', () => {
    const state = JSON.stringify({
      format_version: '1.0',
      terraform_version: '1.11.4',
      values: {
        root_module: {
          resources: [
            {
              address: 'azurerm_storage_account.main',
              mode: 'managed',
              type: 'azurerm_storage_account',
              name: 'main',
              values: account,
            },
          ],
        },
      },
    });
    expect(lint({ 'state.json': state }).shown).toContain(
      'storage/min-tls state.json "TLS1_0" azurerm_storage_account.main',
    );
  });

  test('broken JSON is said to be so, and what can be read is judged', () => {
    const text = plan([{ type: 'azurerm_storage_account', name: 'main', values: account }]);
    const { result, shown } = lint({ 'plan.json': text.slice(0, text.indexOf('"resource_changes"')) });
    expect(result.notices.some(({ code }) => code === 'demarc/incomplete')).toBe(true);
    expect(shown).toContain('storage/min-tls plan.json "TLS1_0" azurerm_storage_account.main');
  });

  test('without a resource in it has no findings', () => {
    expect(lint({ 'plan.json': '{"format_version":"1.2","planned_values":null}' }).shown).toEqual([]);
  });
});
