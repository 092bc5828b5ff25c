import type { Connection, Location } from 'vscode-languageserver';
import type { LintResult } from '../engine/analysis/analysis.ts';
import { responsibilityMap } from '../engine/analysis/responsibility-map.ts';
import type { JudgedFinding, ResponsibilityMap } from '../engine/responsibility/matrix.ts';
import type { Place } from '../engine/text/span.ts';
import { GroupCache } from './group-cache.ts';
import { createRanges } from './positions.ts';
import type { ResponsibilityParams } from './protocol.ts';
import type { Publisher } from './publish.ts';
import type { Session } from './session.ts';

type LocatedMap = ResponsibilityMap<Location>;

/** Tells whose job what is and how it stands, and says later when that may have changed. */
export function answerResponsibility(connection: Connection, session: Session, publisher: Publisher): void {
  const groups = new GroupCache(session, (files, result) => mapOf(session, (uri) => files.includes(uri), result));
  let wasAsked = false;
  publisher.onSettled(() => {
    if (wasAsked) void connection.sendNotification('demarc/responsibilityChanged');
  });
  connection.onRequest('demarc/responsibility', async ({ scope }: ResponsibilityParams, token): Promise<LocatedMap> => {
    wasAsked = true;
    await publisher.settle(token);
    if (scope === 'open') return mapOf(session, (uri) => session.documents.isOpen(uri), session.result());
    await session.index.complete;
    const maps: LocatedMap[] = [];
    for (const group of session.graph.groups()) {
      // What is asked in between need not wait.
      await publisher.settle(token);
      maps.push(groups.of(group));
    }
    session.endScan();
    return { resources: maps.flatMap((each) => each.resources), others: maps.flatMap((each) => each.others) };
  });
}

function mapOf(session: Session, wants: (uri: string) => boolean, result: LintResult): LocatedMap {
  const rangeOf = createRanges((uri) => session.textOf(uri));
  const at = (place: Place): Location => ({ uri: session.documents.clientUri(place.uri), range: rangeOf(place) });
  const located = (finding: JudgedFinding<Place>): JudgedFinding<Location> => ({ ...finding, at: at(finding.at) });
  const { resources, others } = responsibilityMap(wants, result, session.analysis);
  return {
    resources: resources.map((each) => ({ ...each, at: at(each.at), findings: each.findings.map(located) })),
    others: others.map(located),
  };
}
