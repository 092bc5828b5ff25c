import { fileNameOf } from '../engine/text/uri.ts';
import type { FileStatus } from './protocol.ts';
import type { Session } from './session.ts';

/** What is worth knowing about how a document is judged; null for one that is not open. */
export function statusOf(session: Session, clientUri: string): FileStatus | null {
  if (session.documents.get(clientUri) === undefined) return null;
  const uri = session.documents.uriOf(clientUri);
  const { roots, undetermined, isOn } = session.result();
  const deploying = roots.filter(({ estate }) =>
    estate.resources.some(
      ({ declaration, calls }) => declaration.uri === uri || calls.some((call) => call.uri === uri),
    ),
  );
  const parameterFiles = new Set(deploying.flatMap(({ estate }) => estate.root.parameterFiles));
  return {
    rules: [...session.analysis.rules.rules.values()].filter((rule) => isOn(rule, uri)).length,
    undetermined: undetermined.filter(({ place }) => place.uri === uri).length,
    parameterFiles: [...parameterFiles].map(fileNameOf).sort(),
  };
}
