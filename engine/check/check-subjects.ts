import { checks } from './checks/registry.ts';
import type { Subject } from './rule.ts';

/** The checks that rules may name, with what they look at. */
export const checkSubjects: Readonly<Record<string, Subject>> = Object.fromEntries(
  Object.entries(checks).map(([name, { subject }]) => [name, subject]),
);
