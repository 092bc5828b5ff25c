import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');

describe('demarc.yaml', () => {
  it('sets the severity of a rule, by folder and by path', () => {
    bench.write({
      'demarc.yaml':
        'rules: { CKV_AZURE_3: critical }\noverrides: [{ paths: dev, rules: { storage/secure-transfer: low } }]\n',
      'main.bicep': bad,
      'dev/main.bicep': bad,
      'off/demarc.yaml': 'rules: { storage/secure-transfer: off }\n',
      'off/main.bicep': bad,
    });
    const { code, findings } = bench.lintJson();
    expect(findings.map(({ file, severity }) => [file, severity])).toEqual([
      ['dev/main.bicep', 'low'],
      ['main.bicep', 'critical'],
    ]);
    expect(code).toBe(1);
    expect(bench.lintJson('dev').code).toBe(0);
    expect(bench.lintJson('off')).toEqual({ code: 0, findings: [] });
  });

  it('is found above the working folder, and gives way to the command line', () => {
    bench.write({ '.git/HEAD': '', 'demarc.yaml': 'fail-on: critical\n', 'a/b/main.bicep': bad });
    expect(bench.runWith({ below: 'a/b' }, 'lint').code).toBe(0);
    expect(bench.runWith({ below: 'a/b' }, 'lint', '--fail-on', 'high').code).toBe(1);
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: off }\n' });
    expect(bench.runWith({ below: 'a/b' }, 'lint').code).toBe(0);
    expect(bench.runWith({ below: 'a/b' }, 'lint', '--rule', 'storage/secure-transfer').code).toBe(1);
  });

  it('leaves out what it excludes, also when it is named, and shows what is wrong in it at the call', () => {
    bench.write({
      'demarc.yaml': 'exclude: vendor\n',
      'vendor/module.bicep': bad,
      'main.bicep': "module vendor './vendor/module.bicep' = {\n  name: 'm'\n}\n",
    });
    const { findings } = bench.lintJson();
    expect(findings.map(({ rule, file, range }) => [rule, file, range.start.line])).toEqual([
      ['storage/secure-transfer', 'main.bicep', 1],
    ]);
    const named = bench.run('lint', 'vendor/module.bicep');
    expect(named.code).toBe(0);
    expect(named.out).toContain('1 file left out by demarc.yaml.');
    expect(bench.run('parse', 'vendor').out).toContain('0 files read');
  });

  it('mends what it excludes only where it is called', () => {
    const vendor = `param https bool = false\n${account('supportsHttpsTrafficOnly: https')}`.replace(
      'TLS1_2',
      'TLS1_0',
    );
    const call = "module vendor './vendor/module.bicep' = {\n  name: 'm'\n  params: { https: false }\n}\n";
    bench.write({ 'demarc.yaml': 'exclude: vendor\n', 'vendor/module.bicep': vendor, 'main.bicep': call });
    expect(bench.lintJson().findings.map(({ rule, file }) => [rule, file])).toEqual([
      ['storage/min-tls', 'main.bicep'],
      ['storage/secure-transfer', 'main.bicep'],
    ]);
    bench.run('fix', '--effect', 'behaviour');
    expect(bench.read('vendor/module.bicep')).toBe(vendor);
    expect(bench.read('main.bicep')).toBe(call.replace('false', 'true'));
    expect(bench.lintJson().findings.map(({ rule }) => rule)).toEqual(['storage/min-tls']);
  });

  it('builds on a package without running it', () => {
    bench.write({
      'demarc.yaml': "extends: '@contoso/demarc'\n",
      'node_modules/@contoso/demarc/package.json': '{ "main": "index.js" }',
      'node_modules/@contoso/demarc/index.js': "require('node:fs').writeFileSync('ran', '')",
      'node_modules/@contoso/demarc/demarc.yaml': 'rules: { storage/secure-transfer: low }\n',
      'main.bicep': bad,
    });
    expect(bench.lintJson().findings.map(({ severity }) => severity)).toEqual(['low']);
    expect(() => bench.read('ran')).toThrow();
  });

  it('exits 2 for a mistake, with its place and the nearest name, and still reports', () => {
    bench.write({ 'demarc.yaml': 'rules:\n  storage/secure-transfr: off\n', 'main.bicep': bad });
    const { code, findings } = bench.lintJson();
    expect(code).toBe(2);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(['demarc/configuration', 'storage/secure-transfer']);
    const mistake = findings.find(({ rule }) => rule === 'demarc/configuration');
    expect(mistake?.file).toBe('demarc.yaml');
    expect(mistake?.range).toEqual({ start: { line: 2, column: 3 }, end: { line: 2, column: 25 } });
    expect(mistake?.message).toContain("Did you mean 'storage/secure-transfer'?");
    const fix = bench.run('fix', '--effect', 'behaviour');
    expect(fix.code).toBe(2);
    expect(fix.err).toContain('demarc.yaml:2:3: ');
    expect(bench.read('main.bicep')).toBe(bad);
  });

  it('keeps fix away from rules that are off', () => {
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: off }\n', 'main.bicep': bad });
    expect(bench.run('fix', '--effect', 'behaviour').out).toBe('0 findings mended.\n');
  });

  it('gives options to rules', () => {
    bench.write({
      'main.bicep': `resource nsg 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: 'nsg'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'in'
        properties: {
          access: 'Allow'
          direction: 'Inbound'
          priority: 100
          protocol: 'Tcp'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '8022'
        }
      }
    ]
  }
}
`,
    });
    expect(bench.lintJson().findings).toEqual([]);
    bench.write({ 'demarc.yaml': 'rules: { network/management-ports: { options: { ports: [22, 8022] } } }\n' });
    expect(bench.lintJson().findings.map(({ rule }) => rule)).toEqual(['network/management-ports']);
  });
});

describe('demarc config', () => {
  it('prints what holds for a file and where it is set', () => {
    bench.write({
      'demarc.yaml': 'profile: strict\nrules:\n  storage/min-tls: low\n',
      'a/demarc.yaml': 'exclude: old\nprovided-elsewhere: logging\n',
      'a/old/main.bicep': '',
    });
    const { code, out } = bench.run('config', 'a/old/main.bicep', '--format', 'json');
    expect(code).toBe(0);
    const shown = JSON.parse(out);
    expect(shown.configurationFiles).toEqual(['demarc.yaml', 'a/demarc.yaml']);
    expect(shown.settings).toEqual([
      { key: 'profile', value: 'strict', from: 'demarc.yaml:1:10' },
      { key: 'fail-on', value: 'medium', from: 'default' },
      { key: 'service-levels.critical', value: '48 hours', from: 'default' },
      { key: 'service-levels.high', value: '2 weeks', from: 'default' },
      { key: 'service-levels.medium', value: '3 months', from: 'default' },
      { key: 'service-levels.low', value: 'best effort', from: 'default' },
      { key: 'linted', value: false, from: 'a/demarc.yaml:1:10' },
      { key: 'provided-elsewhere', value: 'logging', from: 'a/demarc.yaml:2:21' },
    ]);
    expect(shown.rules).toContainEqual({ key: 'storage/min-tls', value: 'low', from: 'demarc.yaml:3:20' });
    expect(bench.run('config').out).toMatch(/^storage\/min-tls +low +demarc\.yaml:3:20$/m);
    expect(bench.run('config', 'a').out).toContain('Set by demarc.yaml, a/demarc.yaml, the last one counting most.');
    expect(bench.run('config', 'nowhere').code).toBe(2);
    bench.write({
      'demarc.yaml': 'parameter-files: { main.bicep: dev.json }\nroots: { tf: { prod: tf/prod.tfvars } }\n',
      'main.bicep': '',
      'dev.json': '{}',
      'tf/main.tf': '',
      'tf/prod.tfvars': '',
    });
    expect(JSON.parse(bench.run('config', 'main.bicep', '--format', 'json').out).settings).toContainEqual({
      key: 'parameter-file',
      value: 'dev.json',
      from: 'demarc.yaml:1:20',
    });
    expect(JSON.parse(bench.run('config', 'tf/main.tf', '--format', 'json').out).settings).toContainEqual({
      key: 'variable-files.prod',
      value: ['tf/prod.tfvars'],
      from: 'demarc.yaml:2:10',
    });
    bench.write({ 'demarc.yaml': 'profil: strict\n' });
    const wrong = bench.run('config');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("demarc.yaml:1:1: A configuration has no key 'profil'.");
  });
});

describe('demarc init', () => {
  it('writes a configuration that holds, and never writes over one', () => {
    bench.write({
      'app/main.bicep': 'param name string\n',
      'app/params/dev.json':
        '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {} }',
      'infra/main.tf': '',
      'infra/terraform.tfvars': '',
      'infra/dev.tfvars': '',
      'infra/environments/prod/terraform.tfvars': '',
    });
    expect(bench.run('init').code).toBe(0);
    const written = bench.read('demarc.yaml');
    expect(written).toContain('parameter-files:\n  app/main.bicep: [app/params/dev.json]\n');
    expect(written).toContain(
      'roots:\n  infra:\n    dev: infra/dev.tfvars\n    prod: infra/environments/prod/terraform.tfvars\n',
    );
    expect(bench.run('config').err).toBe('');
    expect(bench.run('lint').code).toBe(0);
    const again = bench.run('init');
    expect(again.code).toBe(2);
    expect(again.err).toContain('already');
    expect(bench.read('demarc.yaml')).toBe(written);
  });
});
