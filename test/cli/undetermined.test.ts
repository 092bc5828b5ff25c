import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const unset = `param https bool\n${account('supportsHttpsTrafficOnly: https')}`;
const sometimes = `param dev bool\n${account('supportsHttpsTrafficOnly: dev ? false : true')}`;
const group = `param source string
resource nsg 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
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
          sourceAddressPrefix: source
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}
`;

describe('what is not known', () => {
  it('is no finding, is counted in words, and listed with its place on demand', () => {
    bench.write({ 'main.bicep': unset });
    const { code, out } = bench.run('lint');
    expect(code).toBe(0);
    expect(out).toContain('1 property that rules asked for could not be determined:');
    expect(out).toContain('1 a parameter or variable without a value');
    expect(out).toContain('--show-undetermined lists them.');
    const listed = bench.run('lint', '--show-undetermined').out;
    expect(listed).toContain('undetermined  storage/secure-transfer  1:7');
    expect(listed).toContain('account properties.supportsHttpsTrafficOnly: ');
    expect(bench.run('lint', '--show', 'undetermined').out).toBe(listed);
    expect(bench.run('lint', '--show', 'everything').code).toBe(2);
  });

  it('is in the JSON', () => {
    bench.write({ 'main.bicep': unset });
    const { findings, undetermined, summary } = JSON.parse(bench.run('lint', '--format', 'json').out);
    expect(findings).toEqual([]);
    expect(undetermined).toEqual([
      expect.objectContaining({
        rule: 'storage/secure-transfer',
        severity: 'high',
        verdict: 'undetermined',
        file: 'main.bicep',
        property: 'properties.supportsHttpsTrafficOnly',
        reason: 'parameter',
      }),
    ]);
    expect(summary.undetermined).toEqual({ parameter: 1 });
  });

  it('can make the exit code 1, from a severity on', () => {
    bench.write({ 'main.bicep': unset });
    expect(bench.run('lint', '--fail-on-undetermined', 'critical').code).toBe(0);
    expect(bench.run('lint', '--fail-on-undetermined', 'high').code).toBe(1);
    expect(bench.run('lint', '--fail-on-undetermined', 'never').code).toBe(2);
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: critical }\n' });
    expect(bench.run('lint', '--fail-on-undetermined', 'critical').code).toBe(1);
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: off }\n' });
    expect(bench.run('lint', '--fail-on-undetermined', 'low').code).toBe(0);
  });

  it('is accepted by a suppression, which then is not idle', () => {
    const comment = '// demarc:ignore storage/secure-transfer -- set by the pipeline\n';
    bench.write({ 'main.bicep': unset.replace('resource', `${comment}resource`) });
    const { code, findings } = bench.lintJson('--fail-on-undetermined', 'low');
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
  });

  it('brings a warning where a critical rule is concerned', () => {
    bench.write({ 'main.bicep': group });
    const { code, out } = bench.run('lint');
    expect(code).toBe(0);
    expect(out).toContain('The critical rule network/management-ports could not be decided for nsg.');
  });
});

describe('what is wrong only sometimes', () => {
  it('is counted, and listed on demand with its verdict, and never fails a run', () => {
    bench.write({ 'main.bicep': sometimes });
    const { code, out } = bench.run('lint');
    expect(code).toBe(0);
    expect(out).toContain('1 possible finding not shown');
    const shown = bench.lintJson('--show', 'may-fail');
    expect(shown.code).toBe(0);
    expect(shown.findings.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['storage/secure-transfer', 'may-fail'],
    ]);
    expect(bench.run('lint', '--show', 'may-fail').out).toContain('high (possible)  storage/secure-transfer');
  });
});
