import type { CompiledRule, RuleText } from '../engine/check/rule.ts';
import type { Owner } from '../engine/responsibility/layers.ts';
import type { ResponsibilityOf } from '../engine/responsibility/services.ts';

const ownerText: Readonly<Record<Owner, string>> = {
  customer: 'yours',
  shared: 'shared between you and Microsoft',
  microsoft: "Microsoft's",
};

/** A rule's page as Markdown: what goes wrong, whose job it is, what the fix does, what others call it. */
export function explainRule(
  rule: CompiledRule,
  text: RuleText | undefined,
  responsibilityOf: ResponsibilityOf,
): string {
  const [type] = rule.types;
  const owner = type === undefined || type === '*' ? 'customer' : responsibilityOf(type).owners[rule.layer];
  const lines = [
    `# ${rule.title}`,
    '',
    `\`${rule.id}\` · ${rule.severity} · layer ${rule.layer} (${ownerText[owner]}) · ${rule.concern} · profile ${rule.profile}`,
    '',
  ];
  if (text !== undefined) lines.push(text.why.trim(), '');
  if (rule.types.length > 0) lines.push(`Judges ${rule.types.map((each) => `\`${each}\``).join(', ')}.`, '');
  if (rule.fix !== undefined) {
    lines.push(
      `**Fix** (${rule.fix.effect}): ${rule.fix.title}.${rule.fix.note === undefined ? '' : ` ${rule.fix.note}`}`,
      '',
    );
  }
  const options = Object.entries(rule.options ?? {});
  if (options.length > 0) {
    lines.push('**Options** (in `demarc.yaml`):', '');
    for (const [name, usual] of options)
      lines.push(`- \`${name}\`: ${text?.options[name] ?? ''} Default: \`${JSON.stringify(usual)}\`.`);
    lines.push('');
  }
  if (rule.aliases.length > 0) lines.push(`Elsewhere: ${rule.aliases.join(', ')}`, '');
  for (const link of text?.references.links ?? []) lines.push(`- <${link}>`);
  return `${lines.join('\n').trimEnd()}\n`;
}
