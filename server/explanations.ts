import type { RuleText } from '../engine/check/rule.ts';
import { loadRuleTexts } from '../host/shipped-data.ts';
import { explainRule } from '../report/explanation.ts';
import type { Session } from './session.ts';

let texts: ReadonlyMap<string, RuleText> | undefined;

/** What people read of a rule; the texts are loaded with the first question. */
export function ruleText(session: Session, id: string): RuleText | undefined {
  texts ??= new Map(loadRuleTexts().map((text) => [text.id, text]));
  return texts.get(id) ?? session.analysis.ownText(id);
}

/** A rule's page as Markdown; null for a rule that does not exist. */
export function rulePage(session: Session, id: string): string | null {
  const rule = session.analysis.rules.rules.get(id);
  return rule === undefined ? null : explainRule(rule, ruleText(session, id), session.analysis.responsibilityOf);
}

/** Where a rule's page is opened: by a command of the editor, if it has one, else what the rule refers to on the web. */
export function ruleLink(session: Session, id: string): string | undefined {
  const { openRuleCommand } = session.options;
  if (openRuleCommand === undefined) return ruleText(session, id)?.references.links[0];
  return `command:${openRuleCommand}?${encodeURIComponent(JSON.stringify([id]))}`;
}
