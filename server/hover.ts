import type { Hover, HoverParams } from 'vscode-languageserver';
import { resourceCards } from '../engine/analysis/resource-card.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { contains } from '../engine/text/span.ts';
import { printResourceCard, printRuleCard } from '../report/cards.ts';
import { configurationCardAt, isConfigurationFile } from './configuration-file.ts';
import { directiveCardAt } from './directives.ts';
import { ruleLink, ruleText } from './explanations.ts';
import { createRanges } from './positions.ts';
import type { Session } from './session.ts';

/** On a finding, or on an id in a suppression, what the rule is about; on the first line of a resource whose job what of it is. */
export function hoverAt(session: Session, params: HoverParams): Hover | null {
  const { uri: clientUri } = params.textDocument;
  const uri = session.documents.uriOf(clientUri);
  const text = session.documents.get(clientUri)?.text;
  if (text === undefined) return null;
  const lines = createLineIndex(text);
  const offset = lines.offsetAt(params.position);
  const at = { start: offset, end: offset };
  const { rules, responsibilityOf } = session.analysis;
  if (isConfigurationFile(uri)) {
    const card = configurationCardAt(session, text, offset);
    return card === undefined ? null : { contents: { kind: 'markdown', value: card } };
  }
  const directive = directiveCardAt(session, uri, offset);
  if (directive !== undefined)
    return { contents: { kind: 'markdown', value: directive.value }, range: createRanges(() => text)(directive.place) };
  const found = session
    .result()
    .findings.filter(({ place, verdict }) => verdict === 'fail' && place.uri === uri && contains(place, at));
  const cards = new Map<string, string>();
  for (const finding of found) {
    const rule = rules.rules.get(finding.rule);
    if (rule === undefined || cards.has(rule.id)) continue;
    const responsibility = responsibilityOf(finding.resource.type);
    cards.set(rule.id, printRuleCard(rule, ruleText(session, rule.id), responsibility, ruleLink(session, rule.id)));
  }
  const resource = resourceCards((each) => each === uri, session.result(), session.analysis).find(
    ({ resource: { declaration, header } }) => {
      const { line } = lines.positionAt(declaration.start);
      return contains(header, at) || (contains(declaration, at) && params.position.line === line);
    },
  );
  if (resource !== undefined) cards.set('', printResourceCard(resource));
  if (cards.size === 0) return null;
  const [first] = found;
  const place = first?.place ?? resource?.resource.header;
  return {
    contents: { kind: 'markdown', value: [...cards.values()].join('\n\n---\n\n') },
    ...(place === undefined ? {} : { range: createRanges(() => text)(place) }),
  };
}
