import { describe, expect, it } from 'vitest';
import { Configurations } from '../../../engine/configuration/configurations.ts';
import { isProvidedElsewhere, severityIn } from '../../../engine/configuration/effective.ts';
import { configure, filesOf, folder, rules, textAt } from './files.ts';

const [minTls, secureTransfer, sqlTls] = rules.map((each) => ({ ...each }));

function severity(files: Readonly<Record<string, string>>, path: string, rule = minTls): string {
  if (rule === undefined) throw new Error('there is no such rule');
  return severityIn(configure(files).forFile(folder + path), rule);
}

describe('what holds for a file', () => {
  it('is what Demarc itself says where there is no file', () => {
    const effective = configure({}).forFile(`${folder}a/b.tf`);
    expect(effective.profile).toEqual({ value: 'recommended', place: undefined });
    expect(effective.failOn.value).toBe('medium');
    expect(severity({}, 'a/b.tf')).toBe('high');
  });

  it('comes from the nearest file, then from those above', () => {
    const files = {
      'demarc.yaml': 'profile: strict\nrules: { storage/min-tls: low }\n',
      'a/demarc.yaml': 'rules: { storage/min-tls: critical }\n',
      'a/alone/demarc.yaml': 'inherit: false\n',
    };
    expect(severity(files, 'main.tf')).toBe('low');
    expect(severity(files, 'a/main.tf')).toBe('critical');
    expect(severity(files, 'a/b/c/main.tf')).toBe('critical');
    expect(severity(files, 'a/alone/main.tf')).toBe('high');
    const effective = configure(files).forFile(`${folder}a/b/main.tf`);
    expect(effective.profile.value).toBe('strict');
    expect(effective.profile.place && textAt(files, effective.profile.place)).toBe('strict');
  });

  it('is the same object for files that nothing tells apart', () => {
    const configuration = configure({ 'demarc.yaml': 'overrides: [{ paths: b, profile: strict }]\n' });
    const [a, b, c] = ['a/x.tf', 'b/x.tf', 'c/d/x.tf'].map((path) => configuration.forFile(folder + path));
    expect(a).toBe(c);
    expect(a).not.toBe(b);
  });

  it('is overridden for paths, later overrides counting more', () => {
    const text = `
overrides:
  - paths: ['**/dev/**', '*.bicep']
    rules: { storage/min-tls: low }
  - paths: [dev/main.bicep]
    rules: { storage/min-tls: off }
`;
    expect(severity({ 'demarc.yaml': text }, 'main.tf')).toBe('high');
    expect(severity({ 'demarc.yaml': text }, 'a/dev/main.tf')).toBe('low');
    expect(severity({ 'demarc.yaml': text }, 'dev/main.bicep')).toBe('off');
    const nearer = { 'demarc.yaml': text, 'dev/demarc.yaml': 'rules: { storage/min-tls: medium }\n' };
    expect(severity(nearer, 'dev/main.bicep')).toBe('medium');
  });

  it('builds on files and packages, whose patterns count from the file that names them', () => {
    const files = {
      'demarc.yaml': "extends: ['@contoso/demarc', ./shared/more.yaml]\nrules: { sql/min-tls: low }\n",
      'node_modules/@contoso/demarc/demarc.yaml':
        'extends: ./strict.yaml\nrules: { storage/min-tls: critical, sql/min-tls: critical }\n',
      'node_modules/@contoso/demarc/strict.yaml': 'profile: strict\nfail-on: low\n',
      'shared/more.yaml': 'fail-on: high\noverrides: [{ paths: infra/dev, rules: { storage/min-tls: off } }]\n',
    };
    expect(severity(files, 'main.tf')).toBe('critical');
    expect(severity(files, 'infra/dev/main.tf')).toBe('off');
    expect(severity(files, 'main.tf', sqlTls)).toBe('low');
    const configuration = configure(files);
    const effective = configuration.forFile(`${folder}main.tf`);
    expect([effective.profile.value, effective.failOn.value]).toEqual(['strict', 'high']);
    expect(configuration.filesFor(`${folder}main.tf`).map((uri) => uri.slice(folder.length))).toEqual([
      'node_modules/%40contoso/demarc/strict.yaml',
      'node_modules/%40contoso/demarc/demarc.yaml',
      'shared/more.yaml',
      'demarc.yaml',
    ]);
    expect(configuration.problems).toEqual([]);
  });

  it('is told when files extend each other', () => {
    const files = { 'demarc.yaml': 'extends: ./a.yaml\nprofile: all\n', 'a.yaml': 'extends: ./demarc.yaml\n' };
    const configuration = configure(files);
    expect(configuration.forFile(`${folder}main.tf`).profile.value).toBe('all');
    expect(configuration.problems.map(({ place, message }) => [textAt(files, place), message])).toEqual([
      ['./demarc.yaml', expect.stringContaining('leads back')],
    ]);
  });

  it('knows what is provided elsewhere by concern, id and the id of a peer', () => {
    const provided = (text: string): readonly boolean[] => {
      const effective = configure({ 'demarc.yaml': text }).forFile(`${folder}main.tf`);
      return [minTls, secureTransfer].map((rule) => rule !== undefined && isProvidedElsewhere(effective, rule));
    };
    expect(provided('provided-elsewhere: exposure')).toEqual([true, true]);
    expect(provided('provided-elsewhere: [logging, storage/min-tls]')).toEqual([true, false]);
    expect(provided('provided-elsewhere: AVD-AZU-0008')).toEqual([false, true]);
  });

  it('turns rules on and off by profile, unless a severity is given', () => {
    const strict = minTls === undefined ? undefined : { ...minTls, profile: 'strict' as const };
    expect(severity({}, 'main.tf', strict)).toBe('off');
    expect(severity({ 'demarc.yaml': 'profile: strict' }, 'main.tf', strict)).toBe('high');
    expect(severity({ 'demarc.yaml': 'rules: { storage/min-tls: low }' }, 'main.tf', strict)).toBe('low');
    expect(severity({ 'demarc.yaml': 'rules: { CKV_AZURE_44: off }' }, 'main.tf', sqlTls)).toBe('off');
  });

  it('takes classes of data one by one, and the rules of each', () => {
    const configuration = configure({
      'demarc.yaml':
        'classification: { tag: data, classes: { a: { values: [x], rules: { storage/min-tls: high } }, b: } }',
      'infra/demarc.yaml':
        'classification: { classes: { a: { profile: strict, rules: { sql/min-tls: off } }, c: { values: z } } }',
    });
    const { classification } = configuration.forFile(`${folder}infra/main.bicep`);
    expect(classification?.tag.value).toBe('data');
    const plain = [...(classification?.classes ?? [])].map(([name, { values, profile, rules }]) => [
      name,
      values.map(({ value }) => value),
      profile?.value,
      [...rules.keys()],
    ]);
    expect(plain).toEqual([
      ['a', ['x'], 'strict', ['storage/min-tls', 'sql/min-tls']],
      ['b', ['b'], undefined, []],
      ['c', ['z'], undefined, []],
    ]);
    expect(configuration.forFile(`${folder}main.bicep`).classification?.classes.size).toBe(2);
    expect(configure({}).forFile(`${folder}main.bicep`).classification).toBeUndefined();
  });

  it('merges options of a rule one by one', () => {
    const files = {
      'demarc.yaml': 'rules: { storage/min-tls: { severity: low, options: { oldest: TLS1_3, ports: [1] } } }\n',
      'a/demarc.yaml': 'rules: { storage/min-tls: { options: { ports: [2] } } }\n',
    };
    const rule = configure(files).forFile(`${folder}a/main.tf`).rules.get('storage/min-tls');
    expect(rule?.severity?.value).toBe('low');
    expect([...(rule?.options ?? [])].map(([name, { value }]) => [name, value])).toEqual([
      ['oldest', 'TLS1_3'],
      ['ports', [2]],
    ]);
  });
});

describe('what is linted', () => {
  const excluded = (files: Readonly<Record<string, string>>, path: string): string | undefined => {
    const place = configure(files).exclusionOf(folder + path);
    return place === undefined ? undefined : textAt(files, place);
  };

  it('is everything but what is excluded', () => {
    const files = { 'demarc.yaml': 'exclude: [legacy, "*.json"]\n', 'a/demarc.yaml': 'exclude: ./b\n' };
    expect(excluded(files, 'main.tf')).toBeUndefined();
    expect(excluded(files, 'x/legacy/y/main.tf')).toBe('legacy');
    expect(excluded(files, 'a/main.json')).toBe('"*.json"');
    expect(excluded(files, 'a/b/main.tf')).toBe('./b');
    expect(excluded(files, 'b/main.tf')).toBeUndefined();
  });

  it('is what is included, where that is said; a nearer file narrows it', () => {
    const files = {
      'demarc.yaml': 'extends: ./base.yaml\ninclude: [infra]\n',
      'base.yaml': 'include: [shared]\n',
      'infra/demarc.yaml': 'include: "*.bicep"\n',
    };
    expect(excluded(files, 'infra/main.bicep')).toBeUndefined();
    expect(excluded(files, 'infra/main.tf')).toBe('"*.bicep"');
    expect(excluded(files, 'shared/main.tf')).toBeUndefined();
    expect(excluded(files, 'other/main.tf')).toBe('[shared]'.slice(1, -1));
  });
});

describe('how things are deployed', () => {
  it('is told by paths from the folder of the file', () => {
    const files = {
      'demarc.yaml':
        'parameter-files: { a/main.bicep: [params/dev.json, a/prod.json] }\nroots: { tf: { dev: [tf/dev.tfvars] } }\n',
      'a/main.bicep': '',
      'params/dev.json': '',
      'a/prod.json': '',
      'tf/main.tf': '',
      'tf/dev.tfvars': '',
    };
    const configuration = configure(files);
    const at = (path: string): string => folder + path;
    expect(configuration.parameterFilesOf(at('a/main.bicep'))).toEqual([at('params/dev.json'), at('a/prod.json')]);
    expect(configuration.parameterFilesOf(at('b/main.bicep'))).toBeUndefined();
    expect(configuration.templatesOf(at('params/dev.json'))).toEqual([at('a/main.bicep')]);
    expect(configuration.setsOf(at('tf/'))).toEqual([{ name: 'dev', files: [at('tf/dev.tfvars')] }]);
    expect(configuration.setsOf(at('a/'))).toBeUndefined();
    expect(configuration.problems).toEqual([]);
  });
});

describe('without a reader', () => {
  it('says whether there was something to read', () => {
    const none = new Configurations(filesOf({ 'main.tf': '' }));
    none.forFile(`${folder}main.tf`);
    expect(none.wantsReader).toBe(false);
    const some = new Configurations(filesOf({ 'demarc.yaml': 'profile: all' }));
    expect(some.forFile(`${folder}a/main.tf`).profile.value).toBe('recommended');
    expect(some.wantsReader).toBe(true);
  });

  it('does not look at files outside of what may be read, and tells of those that cannot be read', () => {
    const outside = new Configurations({
      file: () => ({ kind: 'unreadable', message: 'no', outside: true }),
      list: () => ({ kind: 'absent' }),
    });
    outside.forFile(`${folder}main.tf`);
    expect(outside.problems).toEqual([]);
    const broken = new Configurations({
      file: (uri) => (uri === `${folder}demarc.yaml` ? { kind: 'unreadable', message: 'no' } : { kind: 'absent' }),
      list: () => ({ kind: 'absent' }),
    });
    broken.forFile(`${folder}main.tf`);
    expect(broken.problems).toHaveLength(1);
  });
});
