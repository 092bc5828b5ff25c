import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Analysis } from '../engine/analysis/analysis.ts';
import { configurationName } from '../engine/configuration/settings.ts';
import { suggestDeployments } from '../engine/configuration/suggest.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import type { Peer } from './choices.ts';
import { UsageError } from './failure.ts';
import { openTarget } from './target.ts';
import { writeOut } from './terminal.ts';

/** `demarc init`: writes a demarc.yaml for what it finds in the working folder. Asks nothing; never writes over a file. */
export async function initCommand({ from }: { readonly from?: Peer }): Promise<0> {
  const target = openTarget([]);
  const analysis = new Analysis(loadCheckData(), loadLens);
  const migrate = from === undefined ? undefined : await import('./migrate.ts');
  const migrated = from === undefined ? undefined : migrate?.migrateFrom(from, analysis);
  const known = [...(migrated?.off ?? [])].flatMap(([id, rules]) => (rules.length === 0 ? [] : [id]));
  const roots = analysis.roots(target.files, target.snapshot);
  const kinds = new Map(target.files.map((uri) => [uri, analysis.source(uri, target.snapshot)?.kind ?? 'other']));
  const { parameterFiles, sets } = suggestDeployments(roots, kinds, target.folder);
  const lines = [
    '# How Demarc lints this folder and those below. What holds for a file, and why: demarc config FILE',
    '',
    '# Which rules are on: recommended, strict or all.',
    'profile: recommended',
    '',
    '# The least severity that makes the exit code 1: critical, high, medium, low or none.',
    'fail-on: medium',
    '',
    '# Single rules, by our ids or by those of Checkov, Trivy, tfsec and PSRule.',
    ...(known.length === 0
      ? ['# rules:', '#   storage/secure-transfer: critical', '#   CKV_AZURE_33: off']
      : ['rules:', ...known.map((id) => `  ${quoted(id)}: off`)]),
    '',
    '# What data stores say they hold, by a tag, and what each class is held to.',
    '# classification:',
    '#   tag: dataClassification',
    '#   classes:',
    '#     internal:',
    '#     confidential: { requires: [encryption], rules: { storage/firewall-default-deny: critical } }',
    '',
    '# What is not yours to change.',
    ...(migrated === undefined || migrated.exclude.length === 0
      ? ['# exclude: [vendor]']
      : [`exclude: [${migrated.exclude.map(quoted).join(', ')}]`]),
  ];
  if (parameterFiles.size > 0) {
    lines.push('', '# Templates are judged once with each of their parameter files.', 'parameter-files:');
    for (const [template, files] of parameterFiles)
      lines.push(`  ${quoted(template)}: [${files.map(quoted).join(', ')}]`);
  }
  if (sets.size > 0) {
    lines.push('', '# Terraform folders are judged once with each of their sets of variable files.', 'roots:');
    for (const [folder, named] of sets) {
      lines.push(`  ${quoted(folder)}:`);
      for (const [name, file] of named) lines.push(`    ${quoted(name)}: ${quoted(file)}`);
    }
  }
  try {
    writeFileSync(join(process.cwd(), configurationName), `${lines.join('\n')}\n`, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new UsageError(`there is a ${configurationName} here already; change it, or remove it first.`);
    throw error;
  }
  const found = `${kinds.size} files, ${roots.length} of them or their folders deployed by themselves`;
  const told = [`Wrote ${configurationName} for ${found}.`];
  if (migrate !== undefined && migrated !== undefined) {
    told.push(`What ${migrated.files.join(' and ')} switched off is off here:`, ...migrate.printCrosswalk(migrated));
  }
  await writeOut(`${told.join('\n')}\n`);
  return 0;
}

/** A YAML text: as it is where nothing in it can be taken for something else. */
function quoted(text: string): string {
  return /^[A-Za-z_.][A-Za-z0-9_./-]*$/.test(text) && !/^(true|false|null|\.(inf|nan))$/i.test(text)
    ? text
    : JSON.stringify(text);
}
