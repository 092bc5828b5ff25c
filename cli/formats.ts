import type { Analysis, LintResult } from '../engine/analysis/analysis.ts';
import type { Finding } from '../engine/findings/finding.ts';
import type { Report } from '../report/report.ts';
import type { SarifFix } from '../report/sarif.ts';
import { UsageError } from './failure.ts';
import { type Format, formats } from './format-names.ts';
import type { Target } from './target.ts';
import { terminalOptions } from './terminal.ts';

/** A format, and the file that it goes to; standard output when there is none. */
export interface Output {
  readonly format: Format;
  readonly file: string | undefined;
}

/** Reads `format` or `format=file`. Throws `UsageError` for two that go to standard output. */
export function readOutputs(written: readonly string[]): readonly Output[] {
  if (written.length === 0) return [{ format: 'stylish', file: undefined }];
  const outputs = written.map((each): Output => {
    const equals = each.indexOf('=');
    const name = equals < 0 ? each : each.slice(0, equals);
    const file = equals < 0 ? undefined : each.slice(equals + 1);
    const format = formats.find((known) => known === name);
    if (format === undefined) throw new UsageError(`There is no format '${name}'; it is one of ${formats.join(', ')}.`);
    if (file === '') throw new UsageError(`'${each}' names no file.`);
    return { format, file };
  });
  if (outputs.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError(`Only one format can go to standard output; write the others as format=file.`);
  return outputs;
}

/** What formats are printed from. */
export interface Printed {
  readonly report: Report;
  readonly target: Target;
  readonly analysis: Analysis;
  readonly result: LintResult;
  readonly showUndetermined: boolean;
}

/** Prints a report. Each format is loaded when it is asked for. */
export async function printAs({ format, file }: Output, printed: Printed): Promise<string> {
  const { report, target } = printed;
  const { sources } = target;
  switch (format) {
    case 'stylish': {
      const { printStylish } = await import('../report/stylish.ts');
      const { paint, link, ...options } = terminalOptions();
      const { showUndetermined } = printed;
      // A file is no terminal.
      return printStylish(report, sources, {
        ...options,
        showUndetermined,
        paint: file === undefined ? paint : plain,
        link: file === undefined ? link : undefined,
      });
    }
    case 'compact':
      return (await import('../report/compact.ts')).printCompact(report, sources);
    case 'json':
      return (await import('../report/json.ts')).printJson(report, sources);
    case 'ndjson':
      return (await import('../report/ndjson.ts')).printNdjson(report, sources);
    case 'sarif':
      return printAsSarif(printed);
    case 'github':
      return (await import('../report/github.ts')).printGithub(report, sources);
    case 'gitlab':
      return (await import('../report/gitlab.ts')).printGitlab(report, sources);
    case 'azure':
      return (await import('../report/azure.ts')).printAzure(report, sources);
    case 'junit':
      return (await import('../report/junit.ts')).printJunit(report, sources);
    case 'checkstyle':
      return (await import('../report/checkstyle.ts')).printCheckstyle(report, sources);
    case 'markdown':
      return (await import('../report/markdown.ts')).printMarkdown(report, sources);
  }
}

function plain(_: unknown, text: string): string {
  return text;
}

async function printAsSarif({ report, target, analysis, result }: Printed): Promise<string> {
  const { printSarif } = await import('../report/sarif.ts');
  const { editsOf } = await import('../engine/analysis/apply-fix.ts');
  const { loadRuleTexts } = await import('../host/shipped-data.ts');
  const textOf = (uri: string): string | undefined => {
    const state = target.snapshot.file(uri);
    return state.kind === 'text' ? state.text : undefined;
  };
  const fixOf = (finding: Finding): SarifFix | undefined => {
    const plans = result.fixesOf(finding);
    const [first] = plans;
    // A reader of the report cannot be asked for what only the author knows, nor told what another API version changes.
    if (first === undefined || plans.some(({ asks, raises }) => asks.length > 0 || raises.length > 0)) return undefined;
    const edits = editsOf(plans, 'source', { textOf, answer: (ask) => ask.example });
    return edits.kind === 'refused' ? undefined : { title: first.title, files: edits.files };
  };
  const texts = new Map(loadRuleTexts().map((text) => [text.id, text]));
  for (const id of analysis.rules.rules.keys()) {
    const own = analysis.ownText(id);
    if (own !== undefined) texts.set(id, own);
  }
  return printSarif(report, target.sources, { rules: analysis.rules.rules, texts, fixOf });
}
