import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckData } from '../engine/check/compile-all.ts';
import type { RuleText } from '../engine/check/rule.ts';
import type { CompiledLens } from '../engine/languages/terraform/lens-model.ts';

/** What the build has put beside the bundle that runs. */
export function loadCheckData(): CheckData {
  return JSON.parse(readFileSync(join(__dirname, 'checks.json'), 'utf8')) as CheckData;
}

/** A text that changes with the program and what it brings. */
export function buildOf(): string {
  const files = ['checks.json', 'lens.json'].map((name) => join(__dirname, name));
  return [__filename, ...files].map((path) => `${statSync(path).size} ${statSync(path).mtimeMs}`).join(' ');
}

/** The azurerm lens; only loaded where there is Terraform. */
export function loadLens(): CompiledLens {
  lens ??= JSON.parse(readFileSync(join(__dirname, 'lens.json'), 'utf8')) as CompiledLens;
  return lens;
}

let lens: CompiledLens | undefined;

/** Explanations; only loaded where they are shown. */
export function loadRuleTexts(): readonly RuleText[] {
  return JSON.parse(readFileSync(join(__dirname, 'rule-texts.json'), 'utf8')) as readonly RuleText[];
}
