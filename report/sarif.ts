import type { CompiledRule, RuleText } from '../engine/check/rule.ts';
import type { Finding, RelatedPlace } from '../engine/findings/finding.ts';
import type { FileEdit } from '../engine/text/edit.ts';
import type { Place } from '../engine/text/span.ts';
import { type Entry, entriesOf, entryOfFinding, regionOf } from './entries.ts';
import { serviceLevels } from './json.ts';
import type { Report } from './report.ts';
import { describeRules, sarifLevels } from './sarif-rules.ts';
import type { Sources } from './source.ts';

/** A fix as the edits of its files, against the texts that were linted. */
export interface SarifFix {
  readonly title: string;
  readonly files: readonly FileEdit[];
}

export interface SarifOptions {
  readonly rules: ReadonlyMap<string, CompiledRule>;
  readonly texts: ReadonlyMap<string, RuleText>;
  /** Undefined where there is none, or where it needs an answer. */
  readonly fixOf: (finding: Finding) => SarifFix | undefined;
}

const base = 'SRCROOT';

/** The report in SARIF 2.1.0 (OASIS standard of 27 March 2020). Suppressed findings are in it, with their reasons. */
export function printSarif(report: Report, sources: Sources, options: SarifOptions): string {
  const entries = entriesOf(report, sources);
  const suppressed = report.suppressed.map(({ finding, reason }) => ({
    entry: entryOfFinding(finding, sources),
    suppressions: [{ kind: 'inSource', ...(reason === '' ? {} : { justification: reason }) }],
  }));
  const shown = [...entries.map((entry) => ({ entry, suppressions: [] })), ...suppressed];
  const { rules, indexOf, taxonomies } = describeRules(
    shown.map(({ entry }) => entry.rule),
    options.rules,
    options.texts,
  );
  const serviceLevelOf = serviceLevels(report);
  const incomplete = report.notices.some(({ code }) => code === 'demarc/incomplete');
  const run = {
    tool: {
      driver: {
        name: 'Demarc',
        version: report.version,
        semanticVersion: report.version,
        rules,
        ...(taxonomies.length === 0
          ? {}
          : { supportedTaxonomies: taxonomies.map((each, index) => ({ ...named(each), index })) }),
      },
    },
    invocations: [{ executionSuccessful: !incomplete }],
    originalUriBaseIds: { [base]: { description: { text: 'The folder that Demarc ran in.' } } },
    columnKind: 'utf16CodeUnits',
    results: shown.map(({ entry, suppressions }) => ({
      ...resultOf(entry, indexOf.get(entry.rule) ?? -1, sources, { ...options, serviceLevelOf }),
      suppressions,
    })),
    ...(taxonomies.length === 0 ? {} : { taxonomies }),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function named(taxonomy: object): { readonly name?: unknown } {
  return 'name' in taxonomy ? { name: taxonomy.name } : {};
}

interface ResultOptions extends SarifOptions {
  /** When a finding is due, as one more property. */
  readonly serviceLevelOf: (finding: Finding) => object;
}

function resultOf(entry: Entry, ruleIndex: number, sources: Sources, options: ResultOptions): object {
  const { rule, severity, message, place, finding } = entry;
  const result = {
    ruleId: rule,
    ruleIndex,
    level: sarifLevels[severity],
    message: { text: message },
    locations: [{ ...locationOf(place, sources, true), ...logicalOf(finding) }],
  };
  if (finding === undefined) return result;
  const fix = options.fixOf(finding);
  return {
    ...result,
    ...(finding.related.length === 0
      ? {}
      : { relatedLocations: finding.related.map((each, index) => relatedOf(each, index, sources)) }),
    ...codeFlowsOf(finding, sources),
    // From 0 to 100, as the format has it.
    rank: finding.risk.score,
    partialFingerprints: { 'demarc/v1': finding.fingerprint },
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, sources)] }),
    properties: {
      severity,
      verdict: finding.verdict,
      layer: finding.layer,
      owner: finding.owner,
      risk: finding.risk,
      resource: finding.resource,
      instances: finding.instances,
      sets: finding.sets,
      ...options.serviceLevelOf(finding),
    },
  };
}

function logicalOf(finding: Finding | undefined): object {
  if (finding === undefined) return {};
  const { address, name } = finding.resource;
  return { logicalLocations: [{ name, fullyQualifiedName: address, kind: 'resource' }] };
}

function relatedOf(related: RelatedPlace, id: number, sources: Sources): object {
  return { id, ...locationOf(related, sources, false), message: { text: related.message } };
}

function locationOf(place: Place, sources: Sources, withSnippet: boolean): object {
  const region = regionOf(place.uri, place, sources);
  const snippet = withSnippet ? snippetOf(place, sources) : undefined;
  return {
    physicalLocation: {
      artifactLocation: artifactOf(place.uri, sources),
      region: { ...region, ...(snippet === undefined ? {} : { snippet: { text: snippet } }) },
    },
  };
}

const longestSnippet = 200;

/** The text at a place, where it is short and on one line. */
function snippetOf({ uri, start, end }: Place, sources: Sources): string | undefined {
  const first = sources.positionOf(uri, start);
  const last = sources.positionOf(uri, end);
  if (first.line !== last.line || end === start || end - start > longestSnippet) return undefined;
  return sources.lineOf(uri, first.line)?.slice(first.character, last.character);
}

/** Relative to the folder of the run, so that the report means the same on another machine. */
function artifactOf(uri: string, sources: Sources): object {
  const path = sources.pathOf(uri);
  const isOutside = path.startsWith('/') || /^[A-Za-z]:\//.test(path);
  return isOutside ? { uri } : { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: base };
}

/** The way of a value from where it is written to the resource that uses it, for a finding that has one such way. */
function codeFlowsOf(finding: Finding, sources: Sources): object {
  const steps = finding.related.filter(({ step }) => step === true);
  if (steps.length === 0 || finding.instances.length > 1) return {};
  const written = { ...locationOf(finding.place, sources, false), message: { text: 'the value is written here' } };
  const used = steps
    .toReversed()
    .map((each) => ({ ...locationOf(each, sources, false), message: { text: each.message } }));
  const locations = [written, ...used].map((location) => ({ location }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

function fixOf({ title, files }: SarifFix, sources: Sources): object {
  return {
    description: { text: title },
    artifactChanges: files.map(({ uri, edits }) => ({
      artifactLocation: artifactOf(uri, sources),
      replacements: edits.map((edit) => ({
        deletedRegion: regionOf(uri, edit, sources),
        insertedContent: { text: edit.text },
      })),
    })),
  };
}
