import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import { readRuleDocuments } from '../../scripts/rule-documents.mjs';

let repository = '';

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'demarc-rules-'));
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

function problems(files: Readonly<Record<string, string>>): readonly string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(repository, dirname(file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  }
  return compileDocuments(readRuleDocuments(repository)).problems;
}

describe('a problem in a document', () => {
  it('is told with its file, line and column', () => {
    const text = 'title: Fine\nseverty: high\nrequire:\n  properties.x:\n    equal: 1\n';
    const found = problems({ 'rules/storage/tls.yaml': text });
    expect(found).toContain(`rules/storage/tls.yaml:2:1: A rule has no key 'severty'. Did you mean 'severity'?`);
    expect(found).toContain(`rules/storage/tls.yaml:5:5: A test has no key 'equal'. Did you mean 'equals'?`);
  });

  it('is told for items of lists and in facts and lens tables', () => {
    expect(
      problems({
        'facts/a.yaml': 'A.B/c:\n  x:\n    source: s\n    absent:\n      - { value: 1 }\n      - { valeu: 1 }\n',
      }),
    ).toEqual([
      `facts/a.yaml:6:11: A default has no key 'valeu'. Did you mean 'value'?`,
      `facts/a.yaml:6:9: A default needs 'value'.`,
    ]);
    expect(
      problems({ 'lens/azurerm/a.yaml': 'azurerm_x:\n  type: A.B/c\nazurerm_y:\n  tpe: A.B/c\n' }).join(),
    ).toContain('lens/azurerm/a.yaml:3:1: azurerm_y');
  });

  it('may be one of YAML itself', () => {
    expect(problems({ 'facts/a.yaml': 'a: [1\n' }).join()).toMatch(/^facts\/a\.yaml:\d+:\d+: /);
  });
});
