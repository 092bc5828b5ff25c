import { Analysis } from '../engine/analysis/analysis.ts';
import { problemsOf, type Source, unreadableMessage } from '../engine/analysis/sources.ts';
import type { Language } from '../engine/estate/resource.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { withConfigurations } from './configured.ts';
import { openTarget, type Target } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

interface ParseError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface ParsedFile {
  readonly file: string;
  readonly language: Language;
  readonly errors: readonly ParseError[];
}

/** `demarc parse`: 1 when a file has a syntax error or could not be read. Lines and columns are 1-based. */
export async function parseCommand(
  paths: readonly string[],
  options: { readonly format: 'stylish' | 'json' },
): Promise<0 | 1> {
  const target = openTarget(paths);
  const analysis = new Analysis(loadCheckData(), loadLens);
  const files: ParsedFile[] = [];
  const wanted = await withConfigurations(target, analysis, (configuration) =>
    target.files.filter((uri) => configuration.exclusionOf(uri) === undefined),
  );
  for (const uri of wanted) {
    const file = parseOne(uri, target, analysis);
    if (file !== undefined) files.push(file);
  }
  const errors = files.reduce((sum, file) => sum + file.errors.length, 0);
  await writeOut(
    options.format === 'json' ? `${JSON.stringify({ files }, undefined, 2)}\n` : printFiles(files, errors),
  );
  return errors > 0 ? 1 : 0;
}

function parseOne(uri: string, target: Target, analysis: Analysis): ParsedFile | undefined {
  const file = target.sources.pathOf(uri);
  const message = unreadableMessage(target.snapshot.file(uri));
  if (message !== undefined) {
    return { file, language: languageOfName(uri), errors: [{ line: 1, column: 1, message }] };
  }
  const source = analysis.source(uri, target.snapshot);
  const language = source === undefined ? undefined : languageOf(source);
  if (source === undefined || language === undefined) return undefined;
  const errors = problemsOf(source).map((problem) => {
    const position = target.sources.positionOf(uri, problem.start);
    return { line: position.line + 1, column: position.character + 1, message: problem.message };
  });
  return { file, language, errors };
}

function languageOf(source: Source): Language | undefined {
  switch (source.kind) {
    case 'bicep':
    case 'bicepparam':
      return 'bicep';
    case 'template':
    case 'parameters':
      return 'arm';
    case 'terraform':
    case 'terraform-variables':
      return 'terraform';
    case 'plan':
    case 'other':
      return undefined;
  }
}

function languageOfName(uri: string): Language {
  if (/\.bicep(param)?$/i.test(uri)) return 'bicep';
  return /\.jsonc?$/i.test(uri) ? 'arm' : 'terraform';
}

function printFiles(files: readonly ParsedFile[], errors: number): string {
  const { paint } = terminalOptions();
  const lines: string[] = [];
  for (const { file, errors: found } of files) {
    for (const { line, column, message } of found)
      lines.push(`${paint('path', `${file}:${line}:${column}`)}  ${message}`);
  }
  const summary =
    errors === 0 ? paint('good', 'no syntax error') : paint('error', `${errors} ${errors === 1 ? 'error' : 'errors'}`);
  return `${[...lines, `${files.length} ${files.length === 1 ? 'file' : 'files'} read, ${summary}.`].join('\n')}\n`;
}
