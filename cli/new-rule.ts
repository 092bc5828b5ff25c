import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Analysis } from '../engine/analysis/analysis.ts';
import { exampleJudge } from '../engine/analysis/judge-example.ts';
import { compileRule } from '../engine/check/compile.ts';
import { linearMatcher, patternProblem } from '../engine/check/linear-pattern.ts';
import { readYaml } from '../engine/configuration/yaml-document.ts';
import type { Severity } from '../engine/findings/finding.ts';
import type { Concern, Layer } from '../engine/responsibility/layers.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { type NewRule, ruleText, type Scalar } from './rule-skeleton.ts';
import { openFolder } from './target.ts';
import { writeOut } from './terminal.ts';

export interface NewRuleOptions {
  readonly value?: string;
  readonly folder?: string;
  readonly layer: Layer;
  readonly concern: Concern;
  readonly severity: Severity;
  readonly apiVersion: string;
}

const defaultFolder = 'demarc-rules';
const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;
const typePattern = /^[A-Za-z][\w.]*(\/[A-Za-z]\w*)+$/;
const pathPattern = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/** `demarc new-rule`: writes a rule about one property of an Azure resource, with examples that hold. Never writes over a file. */
export async function newRuleCommand(id: string, type: string, path: string, options: NewRuleOptions): Promise<0> {
  if (!idPattern.test(id))
    throw new UsageError(
      `'${id}' cannot be a rule's id. Write it as contoso/min-tls: small letters, digits and dashes.`,
    );
  if (!typePattern.test(type))
    throw new UsageError(`'${type}' is no resource type. Write it as Microsoft.Storage/storageAccounts.`);
  if (!pathPattern.test(path)) {
    const message = `'${path}' is no path of a property. Write it as properties.minimumTlsVersion; what is said of each item of a list is written in the rule, with 'every', 'any' or 'none'.`;
    throw new UsageError(message);
  }
  const data = loadCheckData();
  const [group] = id.split('/');
  if (data.rules.some((rule) => rule.id.startsWith(`${group}/`)))
    throw new UsageError(`rules of '${group}' ship with Demarc; choose another word before the slash.`);
  const { folder, isNamed } = await ruleFolder(options.folder);
  const file = join(folder, `${id}.yaml`);
  if (existsSync(file)) throw new UsageError(`there is a ${file} here already.`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, withGoodExamples(id, { ...options, id, type, path, value: scalarOf(options.value) }), {
    flag: 'wx',
  });
  const lines = [`Wrote ${file}. Say in it what goes wrong, then run 'demarc test ${folder}'.`];
  if (!isNamed) lines.push(`To lint by it, write this into demarc.yaml: rule-folders: [${folder}]`);
  await writeOut(`${lines.join('\n')}\n`);
  return 0;
}

/** Where new rules go: where it is said, else into the first rule folder of the configuration. */
async function ruleFolder(said: string | undefined): Promise<{ readonly folder: string; readonly isNamed: boolean }> {
  const target = openFolder();
  const analysis = new Analysis(loadCheckData(), loadLens);
  const named = await withConfigurations(target, analysis, (configuration) => {
    configuration.forFile(`${target.folder}main`);
    return configuration.ruleFolders.map((uri) => relative(process.cwd(), fileURLToPath(uri)) || '.');
  });
  const folder = said ?? named[0] ?? defaultFolder;
  return { folder, isNamed: named.includes(folder) };
}

/** A YAML scalar: `true`, `12`, or a text. */
function scalarOf(written: string | undefined): Scalar | undefined {
  if (written === undefined) return undefined;
  const { data } = readYaml(written);
  return typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean' ? data : written;
}

/** The fix of the rule itself writes what is good, so that the examples hold from the start. */
function withGoodExamples(id: string, rule: NewRule): string {
  const first = ruleText(rule, (_, bad) => bad);
  const compiled = compileRule(id, readYaml(first).data, { checks: {}, patternProblem });
  if (compiled.rule === undefined) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
  const own = { files: [], rules: [compiled.rule], texts: new Map(), problems: [] };
  const judge = exampleJudge(() => {
    const analysis = new Analysis(loadCheckData(), loadLens);
    analysis.useOwnRules(own, linearMatcher);
    return analysis;
  });
  return ruleText(rule, (language, bad) => {
    const judged = judge(language, bad);
    const fixed = judged.fix?.(judged.findings.filter((finding) => finding.rule === id));
    return fixed?.kind === 'text' ? fixed.text : bad;
  });
}
