import { expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();

it.each([
  ['checkov', '.checkov.yaml', 'skip-check:\n  - CKV_AZURE_3\n  - CKV_AWS_1\nskip-path: [./vendor/]\n', 'CKV_AZURE_3'],
  ['trivy', '.trivyignore', '# why\nAVD-AZU-0008 exp:2030-01-01\nCVE-2020-1\n', 'AVD-AZU-0008'],
  ['tfsec', '.tfsec/config.yml', 'exclude: [CKV_AZURE_3]\n', 'CKV_AZURE_3'],
  ['kics', 'kics.config', '{ "exclude-queries": "CKV_AZURE_3,other" }', 'CKV_AZURE_3'],
])('init --from %s takes over what %s switches off, and prints the crosswalk', (peer, file, text, id) => {
  bench.write({ [file]: text, 'main.bicep': account('supportsHttpsTrafficOnly: false') });
  expect(bench.lintJson().findings.map(({ rule }) => rule)).toEqual(['storage/secure-transfer']);
  const { code, out } = bench.run('init', '--from', peer);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^  ${id} +storage/`, 'm'));
  expect(bench.read('demarc.yaml')).toContain(`  ${id}: off\n`);
  expect(bench.lintJson()).toEqual({ code: 0, findings: [] });
});

it('leaves out what the other linter left out, and says what there is no rule for', () => {
  bench.write({
    '.checkov.yml': 'skip-check: CKV_AWS_1\nskip-path: [./vendor/]\n',
    'vendor/main.bicep': account('supportsHttpsTrafficOnly: false'),
  });
  expect(bench.run('init', '--from', 'checkov').out).toContain('CKV_AWS_1  no rule here');
  expect(bench.lintJson()).toEqual({ code: 0, findings: [] });
});

it('refuses a linter that has left nothing, or that it does not know', () => {
  expect(bench.run('init', '--from', 'kics').err).toContain('there is nothing of kics in this folder');
  expect(bench.run('init', '--from', 'else').code).toBe(2);
});
