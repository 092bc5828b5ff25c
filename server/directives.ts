import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  type DocumentLink,
  type MarkupContent,
} from 'vscode-languageserver';
import { directiveSlotAt, suppressionsIn } from '../engine/analysis/directives.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { contains, type Place } from '../engine/text/span.ts';
import { printRuleCard } from '../report/cards.ts';
import { ruleLink, ruleText } from './explanations.ts';
import { createRanges } from './positions.ts';
import { ruleItems } from './rule-items.ts';
import type { Session } from './session.ts';

/** The rule whose id stands in a suppression under the cursor. */
export function directiveCardAt(
  session: Session,
  uri: string,
  offset: number,
): { readonly place: Place; readonly value: string } | undefined {
  const source = session.analysis.source(uri, session.snapshot);
  if (source === undefined) return undefined;
  const at = { start: offset, end: offset };
  const found = suppressionsIn(uri, source).find(({ place }) => contains(place, at));
  const cards = (found === undefined ? [] : session.analysis.rulesNamed(found.rule)).map((id) => ruleCard(session, id));
  return found === undefined || cards.length === 0
    ? undefined
    : { place: found.place, value: cards.join('\n\n---\n\n') };
}

/** A rule's card where it is not about one resource: the first type that it judges stands for them. */
export function ruleCard(session: Session, id: string): string {
  const rule = session.analysis.rules.rules.get(id);
  if (rule === undefined) return '';
  const responsibility = session.analysis.responsibilityOf(rule.types.find((type) => type !== '*') ?? '');
  return printRuleCard(rule, ruleText(session, id), responsibility, ruleLink(session, id));
}

/** The ids in suppressions lead to the pages of their rules. */
export function linksIn(session: Session, clientUri: string): readonly DocumentLink[] {
  const uri = session.documents.uriOf(clientUri);
  const source = session.analysis.source(uri, session.snapshot);
  if (source === undefined) return [];
  const rangeOf = createRanges(() => source.text);
  return suppressionsIn(uri, source).flatMap(({ rule, place }): readonly DocumentLink[] => {
    const [id] = session.analysis.rulesNamed(rule);
    const target = id === undefined ? undefined : ruleLink(session, id);
    if (id === undefined || target === undefined) return [];
    const tooltip = session.analysis.rules.rules.get(id)?.title;
    return [{ range: rangeOf(place), target, ...(tooltip === undefined ? {} : { tooltip }) }];
  });
}

/** In a comment: our directives, and behind them the rules, those that are broken in this file first. */
export function directiveItems(
  session: Session,
  { textDocument, position }: CompletionParams,
): readonly CompletionItem[] {
  const uri = session.documents.uriOf(textDocument.uri);
  const source = session.analysis.source(uri, session.snapshot);
  if (source === undefined) return [];
  const slot = directiveSlotAt(uri, source, createLineIndex(source.text).offsetAt(position));
  if (slot === undefined) return [];
  const range = createRanges(() => source.text)({ uri, ...slot });
  if (slot.kind === 'rule') return ruleItems(session, range, uri, (id) => id);
  return directives.map(({ label, detail, documentation }) => ({
    label,
    detail,
    documentation,
    kind: CompletionItemKind.Keyword,
    textEdit: { range, newText: `${label} ` },
    // The rules follow at once in an editor that knows this command.
    ...(session.options.suggestCommand === undefined
      ? {}
      : { command: { title: 'Rules', command: session.options.suggestCommand } }),
  }));
}

const form: MarkupContent = {
  kind: 'markdown',
  value: '`demarc:ignore RULE until YYYY-MM-DD -- the reason`: the reason is needed, the date is not.',
};

const directives = [
  { label: 'demarc:ignore', detail: 'Suppress a rule for what follows', documentation: form },
  { label: 'demarc:ignore-file', detail: 'Suppress a rule in this file', documentation: form },
];
