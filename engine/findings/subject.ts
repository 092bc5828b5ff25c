import type { FindingSubject } from '../check/run.ts';
import { isDeclaration } from '../estate/declaration.ts';
import { describeName } from '../estate/link.ts';
import type { FindingResource } from './finding.ts';

/** Outputs belong to the deployment that gives them, and so does what else code declares. */
const outputType = 'Microsoft.Resources/deployments';

/** What a rule looked at, as findings tell of it. */
export function resourceOf(subject: FindingSubject): FindingResource {
  if (subject.kind === 'output')
    return { address: subject.output.address, type: outputType, name: subject.output.name };
  const { resource } = subject;
  const type = isDeclaration(resource) ? outputType : resource.type;
  return { address: resource.address, type, name: describeName(resource) };
}
