import { type Data, isDataArray, isDataObject } from '../functions/data.ts';
import type { Finding } from './finding.ts';
import { isInstant } from './service-levels.ts';

/** A finding that is open, and when it was first detected. */
export interface LedgerEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Relative to the repository. */
  readonly file: string;
  /** The address of the resource. */
  readonly resource: string;
  readonly type: string;
  /** In UTC, to the second: `2026-11-24T15:00:00Z`. */
  readonly detected: string;
}

/** The open findings of a repository with their first detections, committed with it. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
}

const version = 1;

/** Reads a ledger from parsed JSON; a sentence when it is none. */
export function readLedger(data: Data): Ledger | string {
  if (!isDataObject(data) || data.version !== version || data.findings === undefined || !isDataArray(data.findings))
    return `a ledger has "version": ${version} and a list of "findings"`;
  const entries: LedgerEntry[] = [];
  for (const each of data.findings) {
    if (!isDataObject(each)) return 'every finding of a ledger is an object';
    const { fingerprint, rule, file, resource, type, detected } = each;
    if (typeof fingerprint !== 'string' || typeof rule !== 'string' || typeof file !== 'string')
      return 'every finding of a ledger has a fingerprint, a rule and a file';
    if (typeof resource !== 'string' || typeof type !== 'string')
      return 'every finding of a ledger has a resource and its type';
    if (typeof detected !== 'string' || !isInstant(detected))
      return `every finding of a ledger has the time of its detection in UTC ("detected": "2026-11-24T15:00:00Z"), and ${fingerprint} does not`;
    entries.push({ fingerprint, rule, file, resource, type, detected });
  }
  return { entries };
}

/** One finding on a line, in order, so that merges and reviews see what changed. */
export function printLedger({ entries }: Ledger): string {
  const lines = [...entries]
    .sort((a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint))
    .map(
      ({ fingerprint, rule, file, resource, type, detected }) =>
        `    ${JSON.stringify({ fingerprint, rule, file, resource, type, detected })}`,
    );
  return `{\n  "version": ${version},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

export interface LedgerUpdate {
  /** What is open now, suppressed findings included: a suppression that ends starts no new clock. */
  readonly findings: readonly Finding[];
  readonly pathOf: (uri: string) => string;
  /** Whether an entry stays though it was not found: its file was not looked at, or nobody knows. */
  readonly stays: (entry: LedgerEntry) => boolean;
  /** The instant of this update. */
  readonly now: string;
}

export interface UpdatedLedger {
  readonly ledger: Ledger;
  /** Numbers of findings. */
  readonly added: number;
  readonly gone: number;
  /** Those that kept their first detection through another file name or another name of the resource. */
  readonly renamed: number;
}

/**
 * Takes in what is new and takes out what is gone. What has gone and come under another name keeps its first detection:
 * the same rule on the same resource in another file, or on a resource of the same type in the same file, where as many
 * have come as have gone.
 */
export function updateLedger(before: Ledger, { findings, pathOf, stays, now }: LedgerUpdate): UpdatedLedger {
  const known = new Map(before.entries.map((entry) => [entry.fingerprint, entry]));
  const found = new Map(
    findings.map((finding) => [finding.fingerprint, entryOf(finding, pathOf(finding.place.uri), now)]),
  );
  const entries: LedgerEntry[] = [];
  const come: LedgerEntry[] = [];
  for (const entry of found.values()) {
    const first = known.get(entry.fingerprint);
    if (first === undefined) come.push(entry);
    else entries.push({ ...entry, detected: first.detected });
  }
  const gone = before.entries.filter((entry) => !found.has(entry.fingerprint) && !stays(entry));
  const firsts = pairRenamed(gone, come);
  for (const entry of come) {
    const first = firsts.get(entry);
    entries.push(first === undefined ? entry : { ...entry, detected: first.detected });
  }
  const kept = before.entries.filter((entry) => !found.has(entry.fingerprint) && stays(entry));
  return {
    ledger: { entries: [...entries, ...kept] },
    added: come.length - firsts.size,
    gone: gone.length - firsts.size,
    renamed: firsts.size,
  };
}

function entryOf({ fingerprint, rule, resource }: Finding, file: string, now: string): LedgerEntry {
  return { fingerprint, rule, file, resource: resource.address, type: resource.type, detected: now };
}

/** What two names of the same finding may have in common, the most telling first. */
const kinships: readonly ((entry: LedgerEntry) => readonly string[])[] = [
  ({ rule, resource, type, file }) => [rule, resource, type, file.slice(file.lastIndexOf('/') + 1)],
  ({ rule, resource, type }) => [rule, resource, type],
  ({ rule, file, type }) => [rule, file, type],
];

/**
 * Which entry that has gone each one is that has come. As many have to have gone as have come that are alike, else nobody
 * knows which is which; they are paired in the order of their files.
 */
function pairRenamed(
  gone: readonly LedgerEntry[],
  come: readonly LedgerEntry[],
): ReadonlyMap<LedgerEntry, LedgerEntry> {
  const pairs = new Map<LedgerEntry, LedgerEntry>();
  const taken = new Set<LedgerEntry>();
  for (const kinship of kinships) {
    const departures = groups(
      gone.filter((entry) => !taken.has(entry)),
      kinship,
    );
    const arrivals = groups(
      come.filter((entry) => !pairs.has(entry)),
      kinship,
    );
    for (const [key, arrived] of arrivals) {
      const departed = departures.get(key) ?? [];
      if (departed.length !== arrived.length) continue;
      for (const [index, entry] of arrived.entries()) {
        const first = departed[index];
        if (first === undefined) continue;
        pairs.set(entry, first);
        taken.add(first);
      }
    }
  }
  return pairs;
}

function groups(
  entries: readonly LedgerEntry[],
  keyOf: (entry: LedgerEntry) => readonly string[],
): ReadonlyMap<string, readonly LedgerEntry[]> {
  const byKey = new Map<string, LedgerEntry[]>();
  for (const entry of [...entries].sort((a, b) => compare(a.file, b.file) || compare(a.fingerprint, b.fingerprint))) {
    const key = JSON.stringify(keyOf(entry));
    const alike = byKey.get(key);
    if (alike === undefined) byKey.set(key, [entry]);
    else alike.push(entry);
  }
  return byKey;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
