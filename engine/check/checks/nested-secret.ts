import { holdsSecret } from '../../estate/plain.ts';
import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { evidenceOf } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';

/** A secret that is written into a nested template, where it becomes a part of the text that Azure keeps. */
export const nestedSecret: Check = (resource, context) => {
  const bound = wholeResource(resource);
  if (!holdsSecret(read(context, bound, segmentsOf('template')))) return { verdict: 'pass' };
  const path = segmentsOf('scope');
  const evidence = evidenceOf({ value: read(context, bound, path), path, place: resource.header }, resource);
  return { verdict: 'fail', evidence: [evidence] };
};
