// Compiles rules, facts, lens tables and services from YAML into dist/checks.json (what checks need, loaded at every
// start), dist/lens.json (loaded with the first Terraform file) and dist/rule-texts.json (what people read, loaded on
// demand), and from them the schema of demarc.yaml. Examples stay behind.

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from './load-engine.mjs';
import { readRuleDocuments } from './rule-documents.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const { compileDocuments } = await loadEngine('engine/check/compile-all.ts');
const { checks, lens, texts, problems } = compileDocuments(readRuleDocuments(repository));
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  throw new Error(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in rules, facts or lens.`);
}
mkdirSync(resolve(repository, 'dist'), { recursive: true });
writeFileSync(resolve(repository, 'dist/checks.json'), JSON.stringify(checks));
writeFileSync(resolve(repository, 'dist/lens.json'), JSON.stringify(lens));
writeFileSync(resolve(repository, 'dist/rule-texts.json'), JSON.stringify(texts));
copyFileSync(resolve(repository, 'rules/schema/rule.schema.json'), resolve(repository, 'dist/rule-schema.json'));
const { configurationSchema } = await loadEngine('engine/configuration/schema.ts');
writeFileSync(resolve(repository, 'dist/demarc-schema.json'), JSON.stringify(configurationSchema(checks.rules, texts)));
