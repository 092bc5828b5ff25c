import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const template = `param https bool\nparam tls string = 'TLS1_2'\n${account('supportsHttpsTrafficOnly: https')}`;
const parameters = (https: boolean): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: { https: { value: https } },
  });

describe('a template with several parameter files', () => {
  it('is judged once with each, a finding naming those that bring it', () => {
    bench.write({
      'main.bicep': template
        .replace("'TLS1_2'\n    allow", 'tls\n    allow')
        .replace("tls string = 'TLS1_2'", "tls string = 'TLS1_0'"),
      'dev.bicepparam': "using './main.bicep'\nparam https = false\n",
      'test.bicepparam': "using './main.bicep'\nparam https = false\n",
      'prod.bicepparam': "using './main.bicep'\nparam https = true\n",
    });
    const { findings } = bench.lintJson();
    const shown = findings.map(({ rule, file, sets }) => [rule, file, sets]);
    expect(shown).toEqual([
      ['storage/secure-transfer', 'dev.bicepparam', ['dev.bicepparam']],
      // Every set brings this one, so none is named.
      ['storage/min-tls', 'main.bicep', []],
      ['storage/secure-transfer', 'test.bicepparam', ['test.bicepparam']],
    ]);
    expect(findings[0]?.message).toMatch(/This holds only with dev\.bicepparam\.$/);
    expect(JSON.parse(bench.run('lint', '--format', 'json').out).summary.resources).toBe(1);
  });

  it('names the files under which the template itself is wrong', () => {
    bench.write({
      'main.bicep': `param env string\n${account("supportsHttpsTrafficOnly: env == 'prod' ? true : false")}`,
      'dev.bicepparam': "using './main.bicep'\nparam env = 'dev'\n",
      'test.bicepparam': "using './main.bicep'\nparam env = 'test'\n",
      'prod.bicepparam': "using './main.bicep'\nparam env = 'prod'\n",
    });
    const { findings } = bench.lintJson();
    expect(findings.map(({ file, sets }) => [file, sets])).toEqual([
      ['main.bicep', ['dev.bicepparam', 'test.bicepparam']],
    ]);
    expect(findings[0]?.message).toMatch(/This holds only with dev\.bicepparam, test\.bicepparam\.$/);
  });

  it('takes the files that demarc.yaml lists, wherever they are, and no others', () => {
    bench.write({
      'demarc.yaml': 'parameter-files: { app/main.bicep: [values/dev.json, values/prod.json] }\n',
      'app/main.bicep': template,
      'app/main.parameters.json': parameters(false),
      'values/dev.json': parameters(true),
      'values/prod.json': parameters(true),
    });
    expect(bench.lintJson()).toEqual({ code: 0, findings: [] });
    bench.write({ 'values/prod.json': parameters(false) });
    expect(bench.lintJson().findings.map(({ file, sets }) => [file, sets])).toEqual([
      ['values/prod.json', ['values/prod.json']],
    ]);
    expect(bench.lintJson('values/prod.json').findings).toHaveLength(1);
    expect(bench.lintJson('app/main.bicep').findings).toHaveLength(1);
  });
});

describe('a Terraform folder with several sets of variable files', () => {
  const files = {
    'demarc.yaml': 'roots: { infra: { dev: infra/dev.tfvars, prod: [infra/common.tfvars, infra/prod.tfvars] } }\n',
    'infra/main.tf': `variable "https" {
  type = bool
}

resource "azurerm_storage_account" "a" {
  name                            = "a"
  resource_group_name             = "rg"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  allow_nested_items_to_be_public = false
  shared_access_key_enabled       = false
  https_traffic_only_enabled      = var.https

  network_rules {
    default_action = "Deny"
  }
}
`,
    'infra/dev.tfvars': 'https = true\n',
    'infra/common.tfvars': 'https = false\n',
    'infra/prod.tfvars': 'https = true\n',
  };

  it('is judged once with each, later files counting more', () => {
    bench.write(files);
    expect(bench.lintJson('infra').findings).toEqual([]);
    bench.write({ 'infra/prod.tfvars': '' });
    const { findings } = bench.lintJson('infra');
    expect(findings.map(({ rule, file, sets }) => [rule, file, sets])).toEqual([
      ['storage/secure-transfer', 'infra/common.tfvars', ['prod']],
    ]);
    expect(findings[0]?.message).toMatch(/This holds only with prod\.$/);
  });

  it('is a root also where something calls it', () => {
    bench.write({
      ...files,
      'infra/prod.tfvars': '',
      'main.tf': 'module "m" {\n  source = "./infra"\n  https = true\n}\n',
    });
    expect(bench.lintJson().findings.map(({ file }) => file)).toEqual(['infra/common.tfvars']);
    bench.write({ 'demarc.yaml': '' });
    expect(bench.lintJson().findings).toEqual([]);
  });
});

describe('options of a rule', () => {
  it('are on its page', () => {
    expect(bench.run('explain', 'network/management-ports').out).toMatch(
      /^- `ports`: TCP ports that are for administration.* Default: `\[22,23,3389,5985,5986\]`\.$/m,
    );
  });
});
