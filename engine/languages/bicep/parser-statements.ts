import { type Cursor, stop } from './parser-cursor.ts';
import { parseLambdaBody } from './parser-expressions.ts';
import { parseExtends, parseExtension, parseExtensionConfig, parseImport, parseUsing } from './parser-imports.ts';
import { parseObjectOnly, parseValue } from './parser-objects.ts';
import {
  parseDeclaredName,
  parseDecorators,
  parseEquals,
  parseHeaderString,
  parseModule,
  parseResource,
} from './parser-resources.ts';
import { parseDeclaredType } from './parser-types.ts';
import type {
  BicepKind,
  Decorator,
  Expression,
  FunctionDeclaration,
  FunctionParameter,
  Output,
  Parameter,
  Statement,
  Test,
  TypeDeclaration,
  TypeExpression,
  Unreadable,
  Variable,
} from './syntax.ts';
import { Token } from './tokens.ts';

const expectedStatement = "a statement, like 'resource', 'module', 'param', 'var' or 'output'";
const expectedParameterStatement = "a statement, like 'using', 'param' or 'var'";

/** The statement that begins here, its decorators first. Recovers by itself, to the end of its last line at the latest. */
export function parseStatement(cursor: Cursor, language: BicepKind): Statement {
  const start = cursor.start;
  const decorators = parseDecorators(cursor);
  if (cursor.at(Token.identifier)) {
    const word = cursor.text.slice(cursor.start, cursor.end);
    const statement =
      language === 'bicep'
        ? parseTemplateStatement(cursor, word, start, decorators)
        : parseParameterFileStatement(cursor, word, start, decorators);
    if (statement !== undefined) return statement;
  }
  return parseUnreadable(cursor, start, decorators, language);
}

function parseTemplateStatement(
  cursor: Cursor,
  word: string,
  start: number,
  decorators: readonly Decorator[],
): Statement | undefined {
  switch (word) {
    case 'resource':
      return parseResource(cursor, start, decorators);
    case 'module':
      return parseModule(cursor, start, decorators);
    case 'param':
      return parseParameter(cursor, start, decorators);
    case 'var':
      return parseVariable(cursor, start, decorators);
    case 'output':
      return parseOutput(cursor, start, decorators);
    case 'type':
      return parseTypeDeclaration(cursor, start, decorators);
    case 'func':
      return parseFunction(cursor, start, decorators);
    case 'targetScope':
      return parseTargetScope(cursor, start, decorators);
    case 'metadata':
      return parseNamedValue(cursor, 'metadata', start, decorators);
    case 'import':
      return parseImport(cursor, start, decorators, true);
    case 'extension':
      return parseExtension(cursor, start, decorators);
    case 'assert':
      return parseNamedValue(cursor, 'assert', start, decorators);
    case 'test':
      return parseTest(cursor, start, decorators);
    default:
      return undefined;
  }
}

function parseParameterFileStatement(
  cursor: Cursor,
  word: string,
  start: number,
  decorators: readonly Decorator[],
): Statement | undefined {
  switch (word) {
    case 'param':
      return parseNamedValue(cursor, 'assignment', start, decorators);
    case 'var':
      return parseVariable(cursor, start, decorators);
    case 'using':
      return parseUsing(cursor, start, decorators);
    case 'extends':
      return parseExtends(cursor, start, decorators);
    case 'import':
      return parseImport(cursor, start, decorators, false);
    case 'extension':
      return parseExtension(cursor, start, decorators);
    case 'extensionConfig':
      return parseExtensionConfig(cursor, start, decorators);
    case 'type':
      return parseTypeDeclaration(cursor, start, decorators);
    default:
      return undefined;
  }
}

function parseUnreadable(
  cursor: Cursor,
  start: number,
  decorators: readonly Decorator[],
  language: BicepKind,
): Unreadable {
  if (decorators.length > 0 && cursor.at(Token.endOfFile)) {
    const last = decorators[decorators.length - 1];
    cursor.reportFrom(last?.start ?? start, 'Expected a declaration behind this decorator.');
  }
  const keyword = cursor.at(Token.identifier) ? cursor.start : -1;
  cursor.fail(language === 'bicep' ? expectedStatement : expectedParameterStatement);
  if (cursor.at(Token.identifier)) cursor.next();
  cursor.recover(0);
  return { kind: 'unreadable', start, end: cursor.previousEnd, decorators, keyword };
}

function parseStatementValue(cursor: Cursor): Expression {
  const value = parseValue(cursor);
  if (cursor.failing) cursor.recover(0);
  return value;
}

function parseTargetScope(cursor: Cursor, start: number, decorators: readonly Decorator[]): Statement {
  const keyword = cursor.start;
  cursor.next();
  const equals = parseEquals(cursor, 0);
  const value = parseStatementValue(cursor);
  return { kind: 'targetScope', start, end: cursor.previousEnd, decorators, keyword, equals, value };
}

const valueNames = {
  metadata: 'the name of the metadata',
  assert: 'the name of the assertion',
  assignment: 'the name of the parameter',
} as const;

/** `metadata name = value` and statements like it. */
function parseNamedValue(
  cursor: Cursor,
  kind: keyof typeof valueNames,
  start: number,
  decorators: readonly Decorator[],
): Statement {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, valueNames[kind], stop.equals);
  const equals = parseEquals(cursor, 0);
  const value = parseStatementValue(cursor);
  return { kind, start, end: cursor.previousEnd, decorators, keyword, name, equals, value };
}

function parseParameter(cursor: Cursor, start: number, decorators: readonly Decorator[]): Parameter {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the parameter', stop.identifier);
  const type = parseDeclaredType(cursor, false);
  if (cursor.failing) cursor.recover(stop.equals | stop.openBrace);
  let equals = -1;
  let defaultValue: Expression | undefined;
  if (cursor.at(Token.equals)) {
    equals = cursor.start;
    cursor.next();
    defaultValue = parseStatementValue(cursor);
  } else if (!cursor.at(Token.newline) && !cursor.at(Token.endOfFile) && !cursor.startsStatement()) {
    cursor.fail("'=' and a default value, or the end of the line");
    cursor.recover(0);
  }
  return { kind: 'param', start, end: cursor.previousEnd, decorators, keyword, name, type, equals, defaultValue };
}

function parseVariable(cursor: Cursor, start: number, decorators: readonly Decorator[]): Variable {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the variable', stop.identifier);
  let type: TypeExpression | undefined;
  if (!cursor.at(Token.equals) && !cursor.at(Token.newline) && !cursor.at(Token.endOfFile)) {
    type = parseDeclaredType(cursor, false);
    if (cursor.failing) cursor.recover(stop.equals);
  }
  const equals = parseEquals(cursor, 0);
  const value = parseStatementValue(cursor);
  return { kind: 'var', start, end: cursor.previousEnd, decorators, keyword, name, type, equals, value };
}

function parseOutput(cursor: Cursor, start: number, decorators: readonly Decorator[]): Output {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the output', stop.identifier);
  const type = parseDeclaredType(cursor, true);
  if (cursor.failing) cursor.recover(stop.equals);
  const equals = parseEquals(cursor, 0);
  const value = parseStatementValue(cursor);
  return { kind: 'output', start, end: cursor.previousEnd, decorators, keyword, name, type, equals, value };
}

function parseTypeDeclaration(cursor: Cursor, start: number, decorators: readonly Decorator[]): TypeDeclaration {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the type', stop.equals);
  const equals = parseEquals(cursor, 0);
  const value = parseDeclaredType(cursor, false);
  if (cursor.failing) cursor.recover(0);
  return { kind: 'type', start, end: cursor.previousEnd, decorators, keyword, name, equals, value };
}

function parseFunction(cursor: Cursor, start: number, decorators: readonly Decorator[]): FunctionDeclaration {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the function', stop.equals);
  const parameters = parseFunctionParameters(cursor);
  let returns: TypeExpression;
  let body: Expression;
  if (cursor.failing) {
    returns = cursor.missing();
    cursor.recover(0);
  } else {
    returns = parseDeclaredType(cursor, false);
    if (cursor.failing) cursor.recover(stop.closeParen);
  }
  if (cursor.at(Token.arrow)) body = parseLambdaBody(cursor);
  else {
    cursor.fail("'=>' and the body of the function");
    body = cursor.missing();
    cursor.recover(0);
  }
  return { kind: 'func', start, end: cursor.previousEnd, decorators, keyword, name, parameters, returns, body };
}

/** `(a string, b int)`; fails when it isn't opened or closed. */
function parseFunctionParameters(cursor: Cursor): readonly FunctionParameter[] {
  const parameters: FunctionParameter[] = [];
  cursor.expect(Token.openParen, "'(' and the parameters of the function");
  if (cursor.failing) return parameters;
  cursor.skipLineBreaks();
  while (!cursor.at(Token.closeParen)) {
    const start = cursor.start;
    const name = cursor.identifier('the name of a parameter');
    const type = cursor.failing ? cursor.missing() : parseDeclaredType(cursor, false);
    if (cursor.failing) cursor.recover(stop.comma | stop.closeParen);
    parameters.push({
      kind: 'functionParameter',
      start: Math.min(start, name.start),
      end: cursor.previousEnd,
      name,
      type,
    });
    cursor.skipLineBreaks();
    if (!cursor.take(Token.comma)) break;
    cursor.skipLineBreaks();
  }
  cursor.expect(Token.closeParen, "')' behind the parameters");
  return parameters;
}

function parseTest(cursor: Cursor, start: number, decorators: readonly Decorator[]): Test {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the test', stop.string);
  // Without its path a test is given up with its line, as the compiler does; a resource's body is still read in that case.
  const reference = parseHeaderString(cursor, 'the path of the tested file in quotes', 0);
  const equals = parseEquals(cursor, stop.openBrace);
  const body = parseObjectOnly(cursor, false);
  if (cursor.failing) cursor.recover(0);
  return { kind: 'test', start, end: cursor.previousEnd, decorators, keyword, name, reference, equals, body };
}
