import type {
  Body,
  Expression,
  ObjectItem,
  TemplatePart,
  TerraformFile,
} from '../../../../engine/languages/terraform/syntax.ts';

/** What hcl2-parser, an independent reader of HCL, makes of a file: plain values, and `${…}` with source text for expressions. */
export type ValueTree = null | boolean | number | string | ValueTree[] | { [key: string]: ValueTree };

/** Turns a syntax tree into the shape in which hcl2-parser gives its values. */
export function toValueTree({ text, body }: TerraformFile): ValueTree {
  return bodyTree(text, body);
}

function bodyTree(text: string, body: Body): { [key: string]: ValueTree } {
  const tree: { [key: string]: ValueTree } = {};
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      tree[item.name] = expressionTree(text, item.value);
      continue;
    }
    let place = tree;
    let name = item.type;
    for (const label of item.labels) {
      const inner = place[name];
      const next = isObject(inner) ? inner : {};
      place[name] = next;
      place = next;
      name = label.text;
    }
    const siblings = place[name];
    const content = bodyTree(text, item.body);
    if (Array.isArray(siblings)) siblings.push(content);
    else place[name] = [content];
  }
  return tree;
}

function isObject(value: ValueTree | undefined): value is { [key: string]: ValueTree } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function expressionTree(text: string, expression: Expression): ValueTree {
  switch (expression.kind) {
    case 'number':
      return Number(expression.text);
    case 'boolean':
      return expression.value;
    case 'null':
      return null;
    case 'string':
      return expression.value;
    case 'template':
      return partsText(text, expression.parts);
    case 'tuple':
      return expression.elements.map((element) => expressionTree(text, element));
    case 'object':
      return Object.fromEntries(
        expression.items.map((item) => [keyText(text, item), expressionTree(text, item.value)]),
      );
    case 'unary': {
      const { operator, operand } = expression;
      if (operator === '-' && operand.kind === 'number') return -Number(operand.text);
      return operator === '!' && operand.kind === 'boolean' ? !operand.value : source(text, expression);
    }
    default:
      return source(text, expression);
  }
}

function keyText(text: string, { key, name }: ObjectItem): string {
  if (name !== undefined) return name;
  if (key.kind === 'number') return key.text;
  if (key.kind === 'template') return partsText(text, key.parts);
  return key.kind === 'access' ? text.slice(key.start, key.end) : source(text, key);
}

function partsText(text: string, parts: readonly TemplatePart[]): string {
  return parts.map((part) => partText(text, part)).join('');
}

function partText(text: string, part: TemplatePart): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'interpolation':
      return innerText(text, part.expression);
    case 'if':
      return choiceText(text, part.condition, partsText(text, part.whenTrue), partsText(text, part.whenFalse));
    case 'each': {
      const names = part.keyName === undefined ? part.valueName : `${part.keyName}, ${part.valueName}`;
      return `%{for ${names} in ${sliceOf(text, part.collection)}}${partsText(text, part.parts)}%{endfor}`;
    }
  }
}

function innerText(text: string, expression: Expression): string {
  switch (expression.kind) {
    // A text within a text is part of it, and a conditional is written as a directive.
    case 'string':
      return expression.value;
    case 'template':
      return partsText(text, expression.parts);
    case 'conditional':
      return choiceText(
        text,
        expression.condition,
        innerText(text, expression.whenTrue),
        innerText(text, expression.whenFalse),
      );
    default:
      return source(text, expression);
  }
}

function choiceText(text: string, condition: Expression, whenTrue: string, whenFalse: string): string {
  const otherwise = whenFalse === '' ? '' : `%{else}${whenFalse}`;
  return `%{if ${sliceOf(text, condition)}}${whenTrue}${otherwise}%{endif}`;
}

function source(text: string, expression: Expression): string {
  return `\${${sliceOf(text, expression)}}`;
}

function sliceOf(text: string, expression: Expression): string {
  return text.slice(expression.start, expression.end);
}
