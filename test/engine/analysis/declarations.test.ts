import { describe, expect, it } from 'vitest';
import type { ExampleFiles } from '../../../engine/analysis/try-example.ts';
import { judge } from '../../rules/judge.ts';

const found = (language: 'bicep' | 'terraform' | 'arm', text: string, files?: ExampleFiles) =>
  judge(language, text, files)
    .findings.filter(({ rule }) => rule.startsWith('template/') || rule.includes('password'))
    .map(({ rule, place }) => `${rule} ${text.slice(place.start, place.end)}`);

describe('what code declares', () => {
  it('is told at its place, in every language', () => {
    expect(found('bicep', `param password string\n`)).toEqual(['template/secret-parameter-secure password']);
    expect(found('terraform', 'variable "password" {\n}\n')).toEqual([
      'template/secret-parameter-secure variable "password"',
    ]);
    const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0", "parameters": { "password": { "type": "string" } }, "resources": [] }`;
    expect(found('arm', template)).toEqual(['template/secret-parameter-secure "password"']);
  });

  it('is silenced by a comment', () => {
    expect(
      found('bicep', `// demarc:ignore template/secret-parameter-secure -- for show only\nparam password string\n`),
    ).toEqual([]);
    expect(
      found(
        'terraform',
        'variable "a" {\n  #checkov:skip=CKV_SECRET_6:old\n  default = "ghp_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B2"\n}\n',
      ),
    ).toEqual([]);
  });

  it('counts in a module once, however often it is called', () => {
    const module = `@secure()\nparam password string = 'Winter-26-x'\n`;
    const main = `module a 'inner.bicep' = {\n  name: 'a'\n}\nmodule b 'inner.bicep' = {\n  name: 'b'\n}\n`;
    const { findings } = judge('bicep', main, { beside: { 'inner.bicep': module } });
    expect(findings.filter(({ rule }) => rule === 'template/secure-parameter-default')).toHaveLength(1);
  });
});

describe('a secret', () => {
  it('is told once, by the rule that knows what it is given to', () => {
    const server = `resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql-invoices'
  location: 'westeurope'
  properties: {
    administratorLoginPassword: 'Winter-is-over-26!'
  }
}
`;
    const secrets = found('bicep', server);
    expect(secrets).toHaveLength(1);
    expect(secrets[0]).toMatch(/^sql\//);
  });

  it('is not spelled out in a message', () => {
    const { findings } = judge('bicep', `var settings = {\n  password: 'Winter-is-over-26!'\n}\n`);
    expect(findings.map(({ rule }) => rule)).toEqual(['template/hardcoded-secret']);
    expect(JSON.stringify(findings)).not.toContain('Winter');
  });
});
