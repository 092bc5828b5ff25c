import { freeName, isEmptyKey, variableName } from '../../estate/parameter-names.ts';
import type { Place, Span } from '../../text/span.ts';
import { folderOf } from '../../text/uri.ts';
import { EditRefused, type FilePlans } from './edit-files.ts';
import { memberNamed } from './edit-spots.ts';
import { parseTerraform } from './parser.ts';
import type { Attribute, Block, Body, Expression, TerraformFile } from './syntax.ts';

/** Functions that write a text another way: what is handed in goes in their place's inside. */
const encoders: ReadonlySet<string> = new Set(['base64encode', 'textencodebase64', 'sensitive', 'nonsensitive']);

/**
 * Takes a value that is written out in the code out of it: a sensitive variable without a default hands it in. A variable
 * keeps its name and loses its default; anything else gives way to a new one. Throws EditRefused.
 */
export function handInTerraform(place: Place, plans: FilePlans, textOf: (uri: string) => string | undefined): void {
  const plan = plans.of(place.uri);
  const file = parseTerraform(plan.text);
  if (file.problems.length > 0) throw new EditRefused('There is a syntax error in the file.');
  const block = file.body.items.find((each): each is Block => each.kind === 'block' && holds(each, place));
  const standard = block?.type === 'variable' ? memberNamed(block, 'default') : undefined;
  if (block !== undefined && standard !== undefined && isSame(standard.value, place)) {
    const sensitive = memberNamed(block, 'sensitive');
    const { removed, added } = plan.in(block);
    removed.add(standard);
    if (sensitive === undefined) added.attributes.set('sensitive', true);
    else plan.replace(sensitive.value, true);
    return;
  }
  const found = block === undefined ? undefined : valueAt(block.body, place, undefined, undefined);
  if (found === undefined) throw new EditRefused('The value is not written here as a whole.');
  const { expression, key } = found;
  const shared = `${folderOf(place.uri)}variables.tf`;
  const sharedText = shared === place.uri ? undefined : textOf(shared);
  const into = sharedText === undefined ? plan : plans.of(shared);
  const declarations = sharedText === undefined ? file : parseTerraform(sharedText);
  const names = new Set([...variablesIn(file), ...variablesIn(declarations)].map(({ labels: [label] }) => label?.text));
  const name = freeName(variableName(key), key, plan.text.slice(0, expression.start), (each) => names.has(each));
  plan.replaceText(expression, `var.${name}`);
  const { step, lineBreak } = into.style;
  const lines = [`variable "${name}" {`, `${step}type      = string`, `${step}sensitive = true`, '}'];
  const written = lines.join(lineBreak);
  const last = variablesIn(declarations).at(-1) ?? declarations.body.items.at(-1);
  if (last === undefined) into.replaceText({ start: 0, end: 0 }, `${written}${lineBreak}`);
  else into.append(last.end, written);
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function isSame(node: Span, place: Span): boolean {
  return node.start === place.start && node.end === place.end;
}

function variablesIn(file: TerraformFile): readonly Block[] {
  return file.body.items.filter((each): each is Block => each.kind === 'block' && each.type === 'variable');
}

interface Found {
  readonly expression: Expression;
  readonly key: string | undefined;
}

/** The expression of just this place, an encoding looked into, and the name of the innermost argument around it. */
function valueAt(body: Body, place: Span, key: string | undefined, beside: string | undefined): Found | undefined {
  const item = body.items.find((each) => holds(each, place));
  if (item === undefined) return undefined;
  const own = nameIn(body.items.filter((each): each is Attribute => each.kind === 'attribute'));
  if (item.kind === 'block') return valueAt(item.body, place, key, own ?? beside);
  return expressionAt(item.value, place, item.name, own);
}

function expressionAt(
  expression: Expression,
  place: Span,
  key: string | undefined,
  beside: string | undefined,
): Found | undefined {
  if (isSame(expression, place)) {
    const [only, more] = expression.kind === 'call' && encoders.has(expression.name) ? expression.arguments : [];
    const inner = only !== undefined && more === undefined ? only : expression;
    return { expression: inner, key: isEmptyKey(key) ? (beside ?? key) : key };
  }
  for (const part of partsOf(expression)) {
    if (!holds(part.value, place)) continue;
    const inside = expressionAt(part.value, place, part.key ?? key, part.key === undefined ? beside : part.beside);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

interface Part {
  readonly value: Expression;
  readonly key: string | undefined;
  readonly beside: string | undefined;
}

function partsOf(expression: Expression): readonly Part[] {
  const plain = (values: readonly Expression[]): readonly Part[] =>
    values.map((value) => ({ value, key: undefined, beside: undefined }));
  switch (expression.kind) {
    case 'object': {
      const beside = nameIn(expression.items);
      return expression.items.map(({ name, value }) => ({ value, key: name, beside }));
    }
    case 'tuple':
      return plain(expression.elements);
    case 'call':
      return plain(expression.arguments);
    case 'parentheses':
      return plain([expression.expression]);
    case 'conditional':
      return plain([expression.whenTrue, expression.whenFalse]);
    default:
      return [];
  }
}

/** What is written beside a value as its name. */
function nameIn(
  members: readonly { readonly name: string | undefined; readonly value: Expression }[],
): string | undefined {
  const name = members.find((each) => each.name === 'name')?.value;
  return name?.kind === 'string' ? name.value : undefined;
}
