import { describe, expect, it } from 'vitest';
import { printCheckstyle } from '../../report/checkstyle.ts';
import { printGitlab } from '../../report/gitlab.ts';
import { printJunit } from '../../report/junit.ts';
import { printMarkdown } from '../../report/markdown.ts';
import { escapeXml } from '../../report/xml.ts';
import { empty, finding, report, sources } from './sample.ts';

const message = '100% &quot;TLS&quot; &lt;1.0&gt; &amp; &apos;so&apos; on, a|b; c]:&#10;more.';

describe('XML', () => {
  it('holds no character that XML 1.0 cannot hold', () => {
    expect(escapeXml('a\u0000\u001B\uFFFE\uD800b\t😀')).toBe('a????b&#9;😀');
  });
});

describe('checkstyle', () => {
  it('lists the findings of each file', () => {
    const text = printCheckstyle(report, sources);
    expect(text.match(/<file /g)).toHaveLength(1);
    expect(text).toContain('<file name="a/größe 1.bicep">');
    expect(text).toContain(
      `<error line="1" column="20" severity="error" message="${message}" source="demarc.storage/min-tls"/>`,
    );
    expect(text).toContain('severity="info"');
    expect(printCheckstyle(empty, sources)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n</checkstyle>\n',
    );
  });
});

describe('junit', () => {
  it('has a failure for each finding and an error for what could not be read', () => {
    const text = printJunit(report, sources);
    expect(text).toContain('<testsuites name="demarc" tests="4" failures="2" errors="1">');
    expect(text).toContain('<testsuite name="a/größe 1.bicep" tests="4" failures="2" errors="1">');
    expect(text.match(/<testcase /g)).toHaveLength(4);
    expect(text).toContain(`<failure message="${message}" type="critical">a/größe 1.bicep:1:20: ${message}</failure>`);
    expect(text).toContain('<error message="Broken." type="high">');
    expect(text).toContain('<system-out>Not here.</system-out>');
    for (const element of ['testsuites', 'testsuite', 'failure', 'error'])
      expect(text.match(new RegExp(`<${element}\\b`, 'g'))?.length).toBe(
        text.match(new RegExp(`</${element}>`, 'g'))?.length,
      );
  });

  it('has one test that passes when there is nothing', () => {
    const text = printJunit(empty, sources);
    expect(text).toContain('<testsuites name="demarc" tests="1" failures="0" errors="0">');
    expect(text).toContain('<testcase name="everything that was linted" classname="demarc"/>');
  });
});

describe('gitlab', () => {
  it('has a fingerprint of its own for each issue', () => {
    const twice = { ...report, findings: [finding, finding] };
    const issues: readonly { readonly fingerprint: string; readonly severity: string; readonly location: object }[] =
      JSON.parse(printGitlab(twice, sources));
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(issues[2]).toEqual({
      type: 'issue',
      description: finding.message,
      check_name: 'storage/min-tls',
      fingerprint: finding.fingerprint,
      severity: 'blocker',
      location: { path: 'a/größe 1.bicep', lines: { begin: 1, end: 1 } },
    });
    expect(printGitlab(empty, sources)).toBe('[]\n');
  });
});

describe('markdown', () => {
  it('keeps its table whatever is in a message', () => {
    const text = printMarkdown(report, sources);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(6);
    // Bars that are not escaped separate cells.
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(text).toContain("\\<1.0\\> \\& 'so' on, a\\|b; c\\]: more.");
    expect(text).toContain('**2 findings** (1 critical, 1 low) on 2 resources in 1 file.');
    expect(text).toContain('- 1: a parameter or variable without a value');
    expect(text).toContain('3 further findings not shown.');
    expect(printMarkdown(empty, sources)).toBe('# Demarc\n\nNo findings on 2 resources in 1 file.\n');
  });
});
