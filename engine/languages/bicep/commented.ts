import type { CommentedFile } from '../../text/commented-file.ts';
import type { Span } from '../../text/span.ts';
import type { ArrayItem, BicepFile, Expression, ObjectItem, ResourceBody, Statement } from './syntax.ts';

/** A Bicep file as suppression comments see it: statements, properties and array items can be covered. */
export function commentedBicep(uri: string, file: BicepFile): CommentedFile {
  return {
    uri,
    text: file.text,
    comments: file.comments,
    itemAt: (offset) => itemIn(file.statements, offset),
    resourceAround: (offset) => declarationAround(file.statements, offset),
  };
}

function declarationAround(statements: readonly Statement[], offset: number): Span | undefined {
  return statements.find(
    (statement) =>
      (statement.kind === 'resource' || statement.kind === 'module') &&
      statement.start <= offset &&
      offset <= statement.end,
  );
}

type Item = Statement | ObjectItem | ArrayItem;

/** The outermost item that starts exactly at the offset, found by descending into the one that holds it. */
function itemIn(items: readonly Item[], offset: number): Span | undefined {
  for (const item of items) {
    if (item.start === offset) return item;
    if (item.start < offset && offset < item.end) return itemIn(itemsOf(item), offset);
  }
  return undefined;
}

function itemsOf(item: Item): readonly Item[] {
  switch (item.kind) {
    case 'resource':
    case 'module':
      return itemsOfBody(item.body);
    case 'property':
    case 'param':
    case 'var':
    case 'output':
    case 'assignment':
      return itemsOfExpression(item.kind === 'param' ? item.defaultValue : item.value);
    case 'spread':
      return itemsOfExpression(item.expression);
    case 'targetScope':
    case 'metadata':
    case 'type':
    case 'func':
    case 'import':
    case 'extension':
    case 'extensionConfig':
    case 'assert':
    case 'test':
    case 'using':
    case 'extends':
    case 'unreadable':
      return [];
    default:
      return itemsOfExpression(item);
  }
}

function itemsOfBody(body: ResourceBody): readonly Item[] {
  switch (body.kind) {
    case 'object':
      return body.items;
    case 'if':
    case 'for':
      return itemsOfBody(body.body);
    case 'missing':
      return [];
  }
}

function itemsOfExpression(expression: Expression | undefined): readonly Item[] {
  switch (expression?.kind) {
    case 'object':
      return expression.items;
    case 'array':
      return expression.items;
    case 'parenthesized':
      return itemsOfExpression(expression.expression);
    case 'for':
      return itemsOfExpression(expression.body);
    case 'call':
    case 'methodCall':
      return expression.arguments;
    case 'ternary':
      return [expression.whenTrue, expression.whenFalse];
    default:
      return [];
  }
}
