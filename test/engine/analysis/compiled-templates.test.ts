import { describe, expect, it } from 'vitest';
import { folder, lint } from './workspace.ts';

const head = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';
const compiled = `{ ${head}, "metadata": { "_generator": { "name": "bicep", "version": "0.36.1" } }, "resources": [`;

describe('a compiled template', () => {
  it('beside its source is not judged a second time', () => {
    const account = { type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-05-01', name: 'st', properties: {} };
    const template = `${compiled}${JSON.stringify(account)}] }`;
    const bicep = `resource st '${account.type}@${account.apiVersion}' = {\n  name: 'st'\n  properties: {}\n}\n`;
    const { notices, findings, files } = lint({ 'main.bicep': bicep, 'main.json': template });
    expect(notices).toEqual([]);
    expect(new Set(findings.map(({ place }) => place.uri))).toEqual(new Set([`${folder}main.bicep`]));
    expect(files).toBe(2);
  });

  it('beside its source is read to its end', () => {
    const { notices } = lint({ 'main.bicep': 'param name string', 'main.json': compiled });
    expect(notices.some(({ place }) => place.start >= compiled.length - 1)).toBe(true);
  });

  it('without its source is read to its end', () => {
    const { notices } = lint({ 'main.json': compiled });
    expect(notices.some(({ place }) => place.start >= compiled.length - 1)).toBe(true);
  });

  it('written by hand is read to its end, whatever stands beside it', () => {
    const written = `{ ${head}, "resources": [`;
    const { notices } = lint({ 'main.bicep': 'param name string', 'main.json': written });
    expect(notices.some(({ place }) => place.start >= written.length - 1)).toBe(true);
  });
});
