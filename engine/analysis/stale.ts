import type { Notice } from '../findings/notice.ts';
import type { Data } from '../functions/data.ts';
import { withoutNestedTemplates } from '../languages/arm/own-text.ts';
import { differenceFromCompiled } from '../languages/bicep/compiled.ts';
import type { BicepSource } from '../languages/bicep/files.ts';
import { fileNameOf } from '../text/uri.ts';
import { problemsOf, type Source } from './sources.ts';

interface Compared {
  readonly text: string;
  readonly bicep: string;
  readonly notices: readonly Notice[];
}

/** Compiled templates beside their sources, each compared again only when one of the two has another text. */
export class CompiledPairs {
  readonly #compared = new Map<string, Compared>();

  /** What is to be said of a compiled template: that it is stale, or that it is no JSON any more. */
  noticesOf(uri: string, template: Source, source: BicepSource): readonly Notice[] {
    const known = this.#compared.get(uri);
    if (known !== undefined && known.text === template.text && known.bicep === source.text) return known.notices;
    const notices = compare(uri, template, source);
    this.#compared.set(uri, { text: template.text, bicep: source.text, notices });
    return notices;
  }
}

function compare(uri: string, template: Source, source: BicepSource): readonly Notice[] {
  const data = dataOf(withoutNestedTemplates(template.text) ?? template.text);
  if (data === undefined) {
    return problemsOf(template).map(({ start, end, message }): Notice => {
      return { code: 'demarc/incomplete', level: 'error', place: { uri, start, end }, message };
    });
  }
  // What is half written does not compile to anything yet.
  if (source.file.problems.length > 0) return [];
  const difference = differenceFromCompiled(source.symbols, data);
  if (difference === undefined) return [];
  const written = fileNameOf(source.uri);
  const message = `${fileNameOf(uri)} ${difference}: it is not what ${written} compiles to now, and only ${written} is judged. Run 'bicep build ${written}'.`;
  return [{ code: 'demarc/stale', level: 'warning', place: { uri, start: 0, end: 0 }, message }];
}

function dataOf(text: string): Data | undefined {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as Data;
  } catch {
    return undefined;
  }
}
