import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configurations } from '../engine/configuration/configurations.ts';
import type { Finding } from '../engine/findings/finding.ts';
import { type Ledger, readLedger } from '../engine/findings/ledger.ts';
import { defaultServiceLevels, type ServiceLevel } from '../engine/findings/service-levels.ts';
import type { Data } from '../engine/functions/data.ts';
import { pathOfUri } from '../engine/text/uri.ts';
import { UsageError } from './failure.ts';
import type { Target } from './target.ts';

const usualFile = '.demarc/ledger.json';

/** The ledger file that counts: the one that is named, or else the one of the repository. */
export function ledgerPath({ repository }: Target, named: string | undefined): string {
  return named ?? join(pathOfUri(repository), usualFile);
}

/** Undefined where there is none and none was named. Throws `UsageError` for one that is named or broken. */
export function readLedgerFile(target: Target, named: string | undefined): Ledger | undefined {
  const path = ledgerPath(target, named);
  if (!existsSync(path)) {
    if (named === undefined) return undefined;
    throw new UsageError(`there is no ledger '${named}'; 'demarc ledger update' writes one.`);
  }
  let data: Data;
  try {
    data = JSON.parse(readFileSync(path, 'utf8')) as Data;
  } catch (error) {
    throw new UsageError(`'${path}' cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const ledger = readLedger(data);
  if (typeof ledger === 'string') throw new UsageError(`'${path}' is no ledger: ${ledger}.`);
  return ledger;
}

/** How long it may take to mend a finding, by its severity and what is configured for its file. */
export function serviceLevelOf(configuration: Configurations): (finding: Finding) => ServiceLevel {
  return ({ severity, place }) =>
    configuration.forFile(place.uri).serviceLevels.get(severity)?.value ?? defaultServiceLevels[severity];
}
