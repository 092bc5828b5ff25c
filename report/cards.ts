// What an editor shows in a small window: Markdown without headings, which would be taller than what they head.
import type { LayerState, ResourceCard } from '../engine/analysis/resource-card.ts';
import type { ResourceClass } from '../engine/check/classes.ts';
import type { CompiledRule, FixEffect, RuleText } from '../engine/check/rule.ts';
import type { Layer, Owner } from '../engine/responsibility/layers.ts';
import { dutyOf, type Responsibility } from '../engine/responsibility/services.ts';

const duties: Readonly<Record<Owner, string>> = {
  customer: 'your job',
  shared: "your job and Microsoft's",
  microsoft: "Microsoft's job",
};

const ownerNames: Readonly<Record<Owner, string>> = { customer: 'you', shared: 'shared', microsoft: 'Microsoft' };

const effects: Readonly<Record<FixEffect, string>> = {
  neutral: 'changes no behaviour',
  behaviour: 'clients or operations may notice',
  cost: 'changes the cost',
  replaces: 'the resource is made anew',
};

/** A rule on one resource: what goes wrong, whose job it is, what the fix does. `link` leads to its page. */
export function printRuleCard(
  rule: CompiledRule,
  text: RuleText | undefined,
  responsibility: Responsibility,
  link: string | undefined,
): string {
  const id = link === undefined ? `\`${rule.id}\`` : `[\`${rule.id}\`](${link})`;
  const duty = duties[dutyOf(responsibility, rule.layer)];
  const parts = [`**${rule.title}**`, `${id} · ${rule.severity} · ${words(rule.layer)}, ${duty}`];
  if (text !== undefined) parts.push(text.why.trim());
  if (rule.fix !== undefined) {
    const note = rule.fix.note === undefined ? '' : ` ${rule.fix.note}`;
    parts.push(`**Fix** (${effects[rule.fix.effect]}): ${rule.fix.title}.${note}`);
  }
  return parts.join('\n\n');
}

/** Whose job which layer of a resource is, and what the rules see of it. */
export function printResourceCard({ resource, responsibility, held, layers }: ResourceCard): string {
  const { service, model, label } = responsibility;
  const kind = label === undefined ? model : `${model}, ${label}`;
  const yours = layers.filter(({ owner }) => owner !== 'microsoft');
  const others = layers.filter(({ owner }) => owner === 'microsoft').map(({ layer }) => words(layer));
  const reasons = layers.flatMap(({ layer, reason }) => (reason === undefined ? [] : [`${words(layer)}: ${reason}`]));
  return [
    `**Whose job is what** · ${service ?? resource.type} (${kind})`,
    held === undefined ? '' : describeClass(held),
    ['| layer | owner | what the rules see |', '| :-- | :-- | :-- |', ...yours.map(row)].join('\n'),
    others.length === 0 ? '' : `Microsoft's: ${others.join(', ')}.`,
    ...reasons,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What the resource holds, and how that is known. */
function describeClass(held: ResourceClass): string {
  if (held.kind === 'none') return '';
  const { name, value } = held.tag;
  if (held.kind === 'open') return `What it holds is not known before deployment: that is for tag \`${name}\` to say.`;
  const said = value.kind === 'scalar' && !value.secret ? `: \`${String(value.value)}\`` : '';
  return `Holds **${held.name}** data, by tag \`${name}\`${said}.`;
}

function row(state: LayerState): string {
  return `| ${words(state.layer)} | ${ownerNames[state.owner]} | ${describe(state)} |`;
}

function words(layer: Layer): string {
  return layer.replaceAll('-', ' ');
}

function describe({ rules, broken, undetermined }: LayerState): string {
  if (rules.length === 0) return 'no rule looks here';
  const inOrder = rules.length - broken.length - undetermined.length;
  const parts = [
    broken.length > 0 ? `**${broken.length} to mend**` : '',
    inOrder > 0 ? `${inOrder} in order` : '',
    undetermined.length > 0 ? `${undetermined.length} not known before deployment` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
