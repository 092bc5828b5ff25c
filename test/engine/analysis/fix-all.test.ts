import { describe, expect, it } from 'vitest';
import { Analysis } from '../../../engine/analysis/analysis.ts';
import { fixAll } from '../../../engine/analysis/fix-all.ts';
import type { FixEffect } from '../../../engine/check/rule.ts';
import type { Snapshot } from '../../../engine/estate/snapshot.ts';
import { applyEdits } from '../../../engine/text/edit.ts';
import { compiled } from '../../rules/judge.ts';

const folder = 'file:///work/';

function mend(
  files: Readonly<Record<string, string>>,
  effect: FixEffect,
  mayEdit: (uri: string) => boolean = () => true,
  rules: readonly string[] = ['storage/secure-transfer', 'storage/min-tls', 'network/management-ports'],
): Readonly<Record<string, string>> {
  const texts = new Map(Object.entries(files).map(([name, text]) => [folder + name, text]));
  const snapshot: Snapshot = {
    file: (uri) => {
      const text = texts.get(uri);
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    },
    list: () => ({ kind: 'absent' }),
  };
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const lint = (each: Snapshot) =>
    analysis.lint({
      snapshot: each,
      files: [...texts.keys()],
      folder,
      profile: 'recommended',
      rules,
      today: '2026-01-01',
    });
  const edits = fixAll({ snapshot, lint, mayEdit, effect });
  return Object.fromEntries(
    edits.map(({ uri, edits: each }) => [uri.slice(folder.length), applyEdits(texts.get(uri) ?? '', each)]),
  );
}

const account = (
  minimumTls: string,
  https: boolean,
): string => `resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  properties: {
    minimumTlsVersion: ${minimumTls}
    supportsHttpsTrafficOnly: ${https}
  }
}
`;

describe('fix all', () => {
  it('makes the edits of every finding at once', () => {
    expect(mend({ 'main.bicep': account("'TLS1_0'", false) }, 'behaviour')).toEqual({
      'main.bicep': account("'TLS1_2'", true),
    });
  });

  it('makes no edit that does more than is allowed', () => {
    expect(mend({ 'main.bicep': account("'TLS1_0'", false) }, 'neutral')).toEqual({});
  });

  it('asks nobody, so what only the author knows is left', () => {
    const group = `resource g 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: 'g'
  properties: {
    securityRules: [
      {
        name: 'ssh'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}
`;
    expect(mend({ 'main.bicep': group }, 'replaces')).toEqual({});
  });

  it('raises no API version', () => {
    const text = (version: string): string => account("'TLS1_2'", true).replace('2023-05-01', version);
    const rules = ['storage/shared-key-disabled'];
    expect(mend({ 'main.bicep': text('2018-11-01') }, 'replaces', () => true, rules)).toEqual({});
    const mended = mend({ 'main.bicep': text('2019-04-01') }, 'replaces', () => true, rules);
    expect(mended['main.bicep']).toContain('allowSharedKeyAccess: false');
  });

  it('mends at the use what came from a file that may not be changed', () => {
    const files = {
      'main.bicep': "module a 'a.bicep' = {\n  name: 'a'\n  params: { minimumTls: 'TLS1_0' }\n}\n",
      'a.bicep': `param minimumTls string\n${account('minimumTls', true)}`,
    };
    expect(mend(files, 'behaviour')).toEqual({ 'main.bicep': files['main.bicep'].replace('TLS1_0', 'TLS1_2') });
    expect(mend(files, 'behaviour', (uri) => uri.endsWith('a.bicep'))).toEqual({
      'a.bicep': `param minimumTls string\n${account("'TLS1_2'", true)}`,
    });
    expect(mend(files, 'behaviour', () => false)).toEqual({});
  });
});
