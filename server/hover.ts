import type { Hover, HoverParams } from 'vscode-languageserver';
import { layers } from '../engine/responsibility/layers.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { contains } from '../engine/text/span.ts';
import type { Session } from './session.ts';

/** The rule of the finding under the cursor, and who answers for which layer of the resource that it is on. */
export function hoverAt(session: Session, params: HoverParams, explain: (rule: string) => string | null): Hover | null {
  const uri = session.uriOf(params.textDocument.uri);
  const text = session.textOf(uri);
  if (text === undefined) return null;
  const offset = createLineIndex(text).offsetAt(params.position);
  const under = session
    .result()
    .findings.filter(
      ({ place, verdict }) =>
        verdict === 'fail' && place.uri === uri && contains(place, { start: offset, end: offset }),
    );
  if (under.length === 0) return null;
  const cards = under.map(
    (finding) => `${explain(finding.rule) ?? ''}\n${responsibilityTable(session, finding.resource.type)}`,
  );
  return { contents: { kind: 'markdown', value: cards.join('\n\n---\n\n') } };
}

function responsibilityTable(session: Session, type: string): string {
  const { service, model, owners } = session.analysis.responsibilityOf(type);
  const rows = layers.map((layer) => `| ${layer} | ${owners[layer]} |`);
  return [
    `**${service ?? type}** (${model ?? 'service model unknown'})`,
    '',
    '| layer | owner |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}
