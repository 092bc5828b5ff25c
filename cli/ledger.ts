import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import type { Profile } from '../engine/check/rule.ts';
import type { Configurations } from '../engine/configuration/configurations.ts';
import { type DueFinding, duesOf } from '../engine/findings/due.ts';
import type { Finding } from '../engine/findings/finding.ts';
import { type LedgerEntry, printLedger, updateLedger } from '../engine/findings/ledger.ts';
import { instantOf } from '../engine/findings/service-levels.ts';
import { pathOfUri, relativeTo } from '../engine/text/uri.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { dueRows, printDueTable } from '../report/dues.ts';
import { isElsewhere } from './baseline.ts';
import type { LedgerAction } from './choices.ts';
import { requireConfiguration, withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { lineDates } from './git.ts';
import { ledgerPath, readLedgerFile, serviceLevelOf } from './ledger-file.ts';
import { openTarget, type Target } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

export interface LedgerOptions {
  readonly file?: string;
  readonly profile?: Profile;
  readonly format: 'table' | 'json';
}

/**
 * `demarc ledger`: `update` writes down what is found for the first time and takes out what is gone, `list` prints what is
 * due when, what is overdue first, with the date that git has for the line.
 */
export async function ledgerCommand(
  action: LedgerAction,
  paths: readonly string[],
  options: LedgerOptions,
): Promise<0> {
  const target = openTarget(paths);
  const analysis = new Analysis(loadCheckData(), loadLens, { keepsRoots: false });
  const now = instantOf(Date.now());
  const { result, configuration } = await withConfigurations(target, analysis, (each) => ({
    configuration: each,
    result: analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      moduleCache: target.moduleCache,
      configuration: each,
      profile: options.profile,
      rules: [],
      today: now.slice(0, 10),
    }),
  }));
  requireConfiguration(result, target.sources);
  if (action === 'update') await update(target, result, options, now);
  else await list(target, result, configuration, options, now);
  return 0;
}

async function update(target: Target, result: LintResult, options: LedgerOptions, now: string): Promise<void> {
  const path = ledgerPath(target, options.file);
  const before = existsSync(path) ? readLedgerFile(target, path) : undefined;
  const pathOf = (uri: string): string => relativeTo(target.repository, uri);
  const findings = [...certain(result), ...result.suppressed.map(({ finding }) => finding)];
  const looked = new Set([...target.files.map(pathOf), ...findings.map(({ place }) => pathOf(place.uri))]);
  const { ledger, added, gone, renamed } = updateLedger(before ?? { entries: [] }, {
    findings,
    pathOf,
    stays: staysAfter(result, pathOf, (file) => isElsewhere(file, looked, target)),
    now,
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, printLedger(ledger));
  const total = ledger.entries.length;
  const moved = renamed === 0 ? '' : `, ${renamed} under another name`;
  await writeOut(
    `${options.file ?? target.sources.pathOf(`${target.repository}.demarc/ledger.json`)}: ${total} ${total === 1 ? 'finding' : 'findings'}, ${added} new, ${gone} gone${moved}.\n`,
  );
}

/** What was not found stays where nobody can know: the rule was not decided, or the file could not be read whole. */
function staysAfter(
  { undetermined, notices }: LintResult,
  pathOf: (uri: string) => string,
  isUnseen: (file: string) => boolean,
): (entry: LedgerEntry) => boolean {
  const open = new Set(undetermined.map(({ rule, resource }) => `${rule}\n${resource.address}`));
  const broken = new Set(
    notices
      .filter(({ code }) => code === 'demarc/incomplete' || code === 'demarc/module')
      .map(({ place }) => pathOf(place.uri)),
  );
  return ({ rule, resource, file }) => isUnseen(file) || broken.has(file) || open.has(`${rule}\n${resource}`);
}

async function list(
  target: Target,
  result: LintResult,
  configuration: Configurations,
  options: LedgerOptions,
  now: string,
): Promise<void> {
  const ledger = readLedgerFile(target, options.file);
  if (ledger === undefined)
    throw new UsageError(`there is no ledger, so it is unknown what is due when; 'demarc ledger update' writes one.`);
  const dues = duesOf(certain(result), ledger, serviceLevelOf(configuration), now);
  const rows = dueRows(dues, target.sources);
  const dates = datesOf(dues, target);
  const dated = rows.map((row, index) => ({ ...row, inGitSince: dates[index] ?? null }));
  await writeOut(
    options.format === 'json'
      ? `${JSON.stringify({ now, findings: dated }, undefined, 2)}\n`
      : printDueTable(dated, terminalOptions().paint),
  );
}

/** When each line at fault came into git as it is; undefined where git does not know. Information: nothing rests on it. */
function datesOf(dues: readonly DueFinding[], { sources, repository }: Target): readonly (string | undefined)[] {
  const known = new Map<string, ReadonlyMap<number, string>>();
  return dues.map(({ finding: { place } }) => {
    const file = relativeTo(repository, place.uri);
    const dates = known.get(file) ?? lineDates(pathOfUri(repository), file);
    known.set(file, dates);
    return dates.get(sources.positionOf(place.uri, place.start).line + 1);
  });
}

function certain({ findings }: LintResult): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict === 'fail');
}
