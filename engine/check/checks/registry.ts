import type { Check, OutputCheck } from '../check.ts';
import { activityAlert } from './activity-alert.ts';
import { firewallRange } from './firewall-range.ts';
import { grantedActions } from './granted-actions.ts';
import { literalSecret } from './literal-secret.ts';
import { nestedSecret } from './nested-secret.ts';
import { openPorts } from './open-ports.ts';
import { writtenOut } from './own-name.ts';
import { passwordLifetime } from './password-lifetime.ts';
import { plainParameter } from './plain-parameter.ts';
import { secretOutput } from './secret-output.ts';
import { secretsInText } from './secrets-in-text.ts';
import { tagValue } from './tag-value.ts';
import { wideRanges } from './wide-ranges.ts';

export type RegisteredCheck =
  | { readonly subject: 'resources'; readonly run: Check }
  | { readonly subject: 'outputs'; readonly run: OutputCheck };

/** The checks that rules may name. */
export const checks: Readonly<Record<string, RegisteredCheck>> = {
  'secrets/literal': { subject: 'resources', run: literalSecret },
  'secrets/plain-parameter': { subject: 'resources', run: plainParameter },
  'template/nested-secret': { subject: 'resources', run: nestedSecret },
  'names/written-out': { subject: 'resources', run: writtenOut },
  'entra/password-lifetime': { subject: 'resources', run: passwordLifetime },
  'secrets/in-text': { subject: 'resources', run: secretsInText },
  'network/firewall-range': { subject: 'resources', run: firewallRange },
  'network/wide-ranges': { subject: 'resources', run: wideRanges },
  'monitor/activity-alert': { subject: 'resources', run: activityAlert },
  'rbac/granted-actions': { subject: 'resources', run: grantedActions },
  'tags/value': { subject: 'resources', run: tagValue },
  'network/open-ports': { subject: 'resources', run: openPorts },
  'template/secret-output': { subject: 'outputs', run: secretOutput },
};
