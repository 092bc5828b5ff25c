import { describe, expect, it } from 'vitest';
import { judge } from '../../rules/judge.ts';

const group = (
  comments: string,
  ports: string,
) => `resource group 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  ${comments}
  name: 'nsg-machines'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'manage'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRanges: [${ports}]
        }
      }
    ]
  }
}
`;

const found = (comments: string, ports: string) =>
  judge('bicep', group(comments, ports)).findings.filter(({ rule }) => rule === 'network/management-ports').length;

describe("a peer's comment about one port", () => {
  it('silences that port', () => {
    expect(found('', `'22'`)).toBe(1);
    expect(found('// checkov:skip=CKV_AZURE_10: a jump host', `'22'`)).toBe(0);
  });

  it('leaves the others', () => {
    expect(found('// checkov:skip=CKV_AZURE_10: a jump host', `'3389'`)).toBe(1);
    expect(found('// checkov:skip=CKV_AZURE_10: a jump host', `'22', '3389'`)).toBe(1);
    expect(found('// checkov:skip=CKV_AZURE_10: a jump host', `'0-65535'`)).toBe(1);
  });

  it('goes together with another one', () => {
    const both = '// checkov:skip=CKV_AZURE_10: a jump host\n  // checkov:skip=CKV_AZURE_9: a jump host';
    expect(found(both, `'22', '3389'`)).toBe(0);
  });

  it('is one of ours for all of them', () => {
    const own = `// demarc:ignore network/management-ports -- a jump host\n${group('', `'22', '3389'`)}`;
    expect(judge('bicep', own).findings.filter(({ rule }) => rule === 'network/management-ports')).toEqual([]);
  });
});
