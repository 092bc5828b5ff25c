import { describe, expect, it } from 'vitest';
import { printAzure } from '../../report/azure.ts';
import { printCompact } from '../../report/compact.ts';
import { printGithub } from '../../report/github.ts';
import { printNdjson } from '../../report/ndjson.ts';
import { empty, report, sources } from './sample.ts';

const lines = (text: string): readonly string[] => text.split('\n').slice(0, -1);

describe('compact', () => {
  it('has one line for each finding and notice, in order', () => {
    expect(lines(printCompact(report, sources))).toEqual([
      'a/größe 1.bicep:1:1: high: Broken. [demarc/incomplete]',
      'a/größe 1.bicep:1:1: low: Not here. [demarc/module]',
      `a/größe 1.bicep:1:20: critical: 100% "TLS" <1.0> & 'so' on, a|b; c]: more. [storage/min-tls]`,
      `a/größe 1.bicep:2:10: low: Under some conditions: 100% "TLS" <1.0> & 'so' on, a|b; c]: more. [storage/tags]`,
    ]);
    expect(printCompact(empty, sources)).toBe('');
  });
});

describe('github', () => {
  it('escapes data and properties as workflow commands want it', () => {
    const [incomplete, module, tls, tags] = lines(printGithub(report, sources));
    expect(incomplete).toBe(
      '::error file=a/größe 1.bicep,line=1,endLine=1,col=1,endColumn=1,title=demarc/incomplete (high)::Broken.',
    );
    expect(module).toMatch(/^::notice /);
    expect(tls).toBe(
      `::error file=a/größe 1.bicep,line=1,endLine=1,col=20,endColumn=28,title=storage/min-tls (critical)::100%25 "TLS" <1.0> & 'so' on, a|b; c]:%0Amore.`,
    );
    // Columns of different lines are not to be compared.
    expect(tags).toMatch(/^::notice file=a\/größe 1\.bicep,line=2,endLine=4,title=/);
    expect(printGithub(empty, sources)).toBe('');
  });
});

describe('azure', () => {
  it('escapes data and properties as logging commands want it', () => {
    const [, , tls, tags] = lines(printAzure(report, sources));
    expect(tls).toBe(
      `##vso[task.logissue type=error;sourcepath=a/größe 1.bicep;linenumber=1;columnnumber=20;code=storage/min-tls]100%AZP25 "TLS" <1.0> & 'so' on, a|b; c]:%0Amore.`,
    );
    expect(tags).toContain('type=warning;');
  });
});

describe('ndjson', () => {
  it('has one object on each line, the summary last', () => {
    const objects = lines(printNdjson(report, sources)).map((line) => JSON.parse(line));
    expect(objects.map(({ type, rule }) => [type, rule])).toEqual([
      ['finding', 'storage/tags'],
      ['finding', 'storage/min-tls'],
      ['notice', 'demarc/incomplete'],
      ['notice', 'demarc/module'],
      ['undetermined', 'storage/min-tls'],
      ['summary', undefined],
    ]);
    expect(objects[1].message).toContain('\n');
    expect(objects[5]).toMatchObject({ version: '1.2.3', omitted: 3 });
  });
});
