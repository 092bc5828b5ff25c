import type { Check, OutputCheck } from '../check.ts';
import { managementPorts } from './management-ports.ts';
import { secretOutput } from './secret-output.ts';

export type RegisteredCheck =
  | { readonly subject: 'resources'; readonly run: Check }
  | { readonly subject: 'outputs'; readonly run: OutputCheck };

/** The checks that rules may name. */
export const checks: Readonly<Record<string, RegisteredCheck>> = {
  'network/management-ports': { subject: 'resources', run: managementPorts },
  'template/secret-output': { subject: 'outputs', run: secretOutput },
};
