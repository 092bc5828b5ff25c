import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver';
import type { Session } from './session.ts';

/** Every rule as a completion: first what is broken in a file, then the rest by name. */
export function ruleItems(
  session: Session,
  range: Range,
  uri: string | undefined,
  written: (id: string) => string,
): readonly CompletionItem[] {
  const broken = new Set(session.result().findings.flatMap(({ rule, place }) => (place.uri === uri ? [rule] : [])));
  return [...session.analysis.rules.rules.values()].map(({ id, title, severity }) => ({
    label: id,
    kind: CompletionItemKind.Value,
    detail: `${severity} · ${title}`,
    sortText: `${broken.has(id) ? '0' : '1'}${id}`,
    filterText: id,
    textEdit: { range, newText: written(id) },
  }));
}
