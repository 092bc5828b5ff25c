import { writeFileSync } from 'node:fs';
import { Analysis } from '../engine/analysis/analysis.ts';
import { responsibilityMap } from '../engine/analysis/responsibility-map.ts';
import type { Profile } from '../engine/check/rule.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import packageManifest from '../package.json' with { type: 'json' };
import { matrixDocument } from '../report/matrix-document.ts';
import { printMatrixMarkdown, printMatrixTable } from '../report/matrix-text.ts';
import type { MatrixFormat, MatrixRows } from './choices.ts';
import { requireConfiguration, withConfigurations } from './configured.ts';
import { openTarget } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

export interface MatrixOptions {
  readonly by: MatrixRows;
  readonly format?: MatrixFormat;
  /** A file; standard output when it is left out. */
  readonly output?: string;
  readonly profile?: Profile;
}

/**
 * `demarc matrix`: what the files declare against the layers of the shared responsibility model, with owner and state. A
 * table on a terminal, Markdown elsewhere, unless a format is given.
 */
export async function matrixCommand(paths: readonly string[], options: MatrixOptions): Promise<0> {
  const { by, profile, output } = options;
  const target = openTarget(paths);
  const data = loadCheckData();
  const analysis = new Analysis(data, loadLens);
  const result = await withConfigurations(target, analysis, (configuration) =>
    analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      moduleCache: target.moduleCache,
      configuration,
      profile,
      rules: [],
      today: new Date().toISOString().slice(0, 10),
    }),
  );
  requireConfiguration(result, target.sources);
  const files = new Set(target.files);
  const document = matrixDocument({
    version: packageManifest.version,
    by,
    map: responsibilityMap((uri) => files.has(uri), result, analysis),
    responsibilityOf: analysis.responsibilityOf,
    beyondCode: data.services.beyondCode,
    sources: target.sources,
  });
  const isTerminal = output === undefined && process.stdout.isTTY === true;
  const format = options.format ?? (isTerminal ? 'table' : 'markdown');
  const text = print();
  if (output === undefined) await writeOut(text);
  else writeFileSync(output, text);
  return 0;

  function print(): string {
    switch (format) {
      case 'table': {
        const { paint, width } = terminalOptions();
        return printMatrixTable(document, { paint: output === undefined ? paint : (_, plain) => plain, width });
      }
      case 'markdown':
        return printMatrixMarkdown(document);
      case 'json':
        return `${JSON.stringify(document, undefined, 2)}\n`;
    }
  }
}
