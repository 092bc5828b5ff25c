import { describeName } from '../estate/link.ts';
import { printPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import type { Evidence } from './evidence.ts';
import type { CompiledRule } from './rule.ts';

/** What is wrong, why it matters, what to do. Secrets are never spelled out. */
export function composeMessage(rule: CompiledRule, evidence: Evidence, judged: Resource): string {
  const path = printPath(evidence.path);
  const sentences: string[] = [];
  if (rule.message !== undefined) sentences.push(fill(rule.message, evidence, path, judged));
  else sentences.push(`${capital(problem(evidence, path))}.`, `${rule.title} is what is wanted.`);
  if (evidence.detail !== undefined) sentences.push(evidence.detail);
  const absence = describeAbsence(evidence, judged);
  if (absence !== undefined) sentences.push(absence);
  if (rule.message === undefined && rule.fix !== undefined) sentences.push(`${rule.fix.title}.`);
  return sentences.join(' ');
}

function fill(template: string, evidence: Evidence, path: string, judged: Resource): string {
  const filled = template.replace(/\{(value|path|resource)\}/g, (_, name: string) => {
    if (name === 'value') return describeValue(evidence.value);
    return name === 'path' ? path : describeName(judged);
  });
  return /[.!?]$/.test(filled) ? filled : `${filled}.`;
}

function problem(evidence: Evidence, path: string): string {
  if (evidence.missing !== undefined) return `there is no ${evidence.missing} for ${evidence.resource.address}`;
  const { origin } = evidence.value;
  if (evidence.value.kind === 'absent' || origin.kind === 'default') return `'${path}' is not set`;
  return path === '' ? `${evidence.resource.address} is at fault` : `'${path}' is ${describeValue(evidence.value)}`;
}

/** A sentence that says what the absence of the property means, where that is not plain from the text. */
function describeAbsence(evidence: Evidence, judged: Resource): string | undefined {
  const { origin } = evidence.value;
  if (origin.kind !== 'default') return undefined;
  const nothing = evidence.value.kind === 'scalar' && evidence.value.value === null;
  if (nothing) return `'${printPath(evidence.path)}' is not set.`;
  const version = evidence.resource.apiVersion ?? judged.apiVersion;
  const whose =
    origin.by === 'provider'
      ? `the provider's default is`
      : `Azure's default${version === undefined ? '' : ` for ${version}`} is`;
  return `'${printPath(evidence.path)}' is not set; ${whose} ${describeValue(evidence.value)}.`;
}

/** A value in a few words. */
export function describeValue(value: Value): string {
  if (value.secret) return 'a secret';
  switch (value.kind) {
    case 'absent':
      return 'not set';
    case 'scalar':
      if (value.value === null) return 'not set';
      return typeof value.value === 'string' ? `'${shorten(value.value)}'` : String(value.value);
    case 'text':
      return `'${shorten(value.parts.map((part) => (typeof part === 'string' ? part : '…')).join(''))}'`;
    case 'array':
      return value.items.length === 0 && value.open === undefined ? 'an empty list' : 'a list';
    case 'object':
      return 'an object';
    case 'reference':
      return value.target.kind === 'resource' ? value.target.resource.address : `an id of ${value.target.id.type}`;
    case 'choice':
      return 'one of several values';
    case 'unknown':
      return 'not known';
  }
}

const longest = 60;

function shorten(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
