import { loadText } from '../../estate/loaded.ts';
import { array, scalar, unknown, withOrigin } from '../../estate/make.ts';
import { callPure } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ObjectValue, Unknown, Value } from '../../estate/value.ts';
import { globPattern, matchesGlob } from '../../functions/glob.ts';
import { terraformFunctions } from '../../functions/terraform-functions.ts';
import { compareText } from '../../functions/terraform-values.ts';
import { pathBetween, resolveRelative } from '../../text/uri.ts';
import { asSet } from './resolve-collections.ts';
import { evaluate } from './resolve-evaluate.ts';
import { exhausted } from './resolve-limits.ts';
import type { Environment, ModuleScope } from './resolve-scope.ts';
import type { Call, Expression } from './syntax.ts';

/** Entries of folders that one `fileset` looks at. */
const maximumEntries = 20_000;

/** Functions of a file's content, each with the function of its text that it stands for. */
const contentFunctions: ReadonlyMap<string, string> = new Map([
  ['filebase64', 'base64encode'],
  ['filemd5', 'md5'],
  ['filesha1', 'sha1'],
  ['filesha256', 'sha256'],
  ['filesha512', 'sha512'],
  ['filebase64sha256', 'base64sha256'],
  ['filebase64sha512', 'base64sha512'],
]);

/** The value of `path.name`. Terraform is taken to run in the root's folder, where people run it. */
export function pathValue(scope: ModuleScope, name: string, origin: Origin): Value {
  if (name === 'root') return scalar('.', origin);
  const path = name === 'module' ? pathBetween(scope.root, scope.folder) : undefined;
  if (path !== undefined) return scalar(path === '' ? '.' : path, origin);
  return unknown('unsupported', `path.${name} is known when Terraform runs`, origin, `path.${name}`);
}

/** A function that reads files; undefined for all others. Files are read inside the workspace only. */
export function callFileFunction(
  name: string,
  args: readonly Value[],
  environment: Environment,
  origin: Origin,
): Value | undefined {
  const [first, second] = args;
  switch (name) {
    case 'file':
      return readFile(first, name, environment, origin);
    case 'fileexists':
      return fileExists(first, environment, origin);
    case 'fileset':
      return fileSet(first, second, environment, origin);
    case 'templatefile':
      return renderTemplate(
        readFile(first, name, environment, origin),
        second,
        uriOf(first, environment),
        environment,
        origin,
      );
    case 'templatestring':
      return renderTemplate(first, second, undefined, environment, origin);
    default: {
      const pure = terraformFunctions.get(contentFunctions.get(name) ?? '');
      if (pure === undefined || !contentFunctions.has(name)) return undefined;
      const text = readFile(first, name, environment, origin);
      // A file that is no text cannot be told from what the host made of it.
      if (text.kind === 'scalar' && String(text.value).includes('\uFFFD'))
        return unknown('unsupported', 'a file that is not text', origin);
      return callPure(name, pure, [text], origin);
    }
  }
}

function uriOf(path: Value | undefined, environment: Environment): string | undefined {
  if (path?.kind !== 'scalar' || typeof path.value !== 'string') return undefined;
  return resolveRelative(environment.scope.root, path.value);
}

function noFile(path: Value | undefined, name: string, origin: Origin): Unknown {
  if (path?.kind === 'unknown') return unknown(path.reason, path.detail, origin, undefined, path.secret);
  return unknown('file', `${name}() reads a file that cannot be told, or one outside of the workspace`, origin);
}

function readFile(path: Value | undefined, name: string, environment: Environment, origin: Origin): Value {
  const uri = uriOf(path, environment);
  const { run } = environment.scope;
  if (uri === undefined) {
    if (path?.kind === 'scalar' && origin.kind === 'source') {
      const message = `${name}(): '${path.value}' lies outside of what is read.`;
      run.report({ code: 'file', message, uri: origin.uri, start: origin.start, end: origin.end });
    }
    return noFile(path, name, origin);
  }
  const loaded = loadText(uri, run.context);
  if (loaded.kind === 'loaded') return scalar(loaded.content, origin);
  if (loaded.kind === 'unreadable' && origin.kind === 'source') {
    const { start, end } = origin;
    run.report({ code: 'file', message: `${name}(): ${loaded.message}`, uri: origin.uri, start, end });
  }
  const what = loaded.kind === 'absent' ? 'is not there' : loaded.kind === 'too-large' ? 'is too large' : 'is not read';
  return unknown('file', `the file that ${name}() reads ${what}`, origin, `file ${uri}`);
}

function fileExists(path: Value | undefined, environment: Environment, origin: Origin): Value {
  const uri = uriOf(path, environment);
  if (uri === undefined) return noFile(path, 'fileexists', origin);
  const { context } = environment.scope.run;
  context.depend(uri);
  const state = context.snapshot.file(uri);
  if (state.kind === 'text' || state.kind === 'absent') return scalar(state.kind === 'text', origin);
  return unknown('file', 'whether a file exists is not known', origin, `fileexists ${uri}`);
}

function fileSet(path: Value | undefined, pattern: Value | undefined, environment: Environment, origin: Origin): Value {
  const written = path?.kind === 'scalar' && typeof path.value === 'string' ? `${path.value}/` : undefined;
  const folder = written === undefined ? undefined : resolveRelative(environment.scope.root, written);
  const glob = pattern?.kind === 'scalar' && typeof pattern.value === 'string' ? globPattern(pattern.value) : undefined;
  if (folder === undefined || glob === undefined) return noFile(path, 'fileset', origin);
  const { context } = environment.scope.run;
  const found: string[] = [];
  let looked = 0;
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const uri = below === '' ? folder : resolveRelative(folder, below);
    if (uri === undefined) continue;
    context.depend(uri);
    const listing = context.snapshot.list(uri);
    if (listing.kind === 'unread')
      return unknown('file', 'a folder that has not been looked at', origin, `fileset ${uri}`);
    if (listing.kind === 'absent') continue;
    looked += listing.files.length + listing.folders.length;
    if (looked > maximumEntries) return exhausted('There are too many files for a fileset().', environment, origin);
    for (const file of listing.files) if (matchesGlob(glob, below + file)) found.push(below + file);
    if (glob.deep) waiting.push(...listing.folders.map((name) => `${below}${name}/`));
  }
  return asSet(
    array(
      found.sort(compareText).map((name) => scalar(name, origin)),
      origin,
    ),
  );
}

/** The template that a `templatefile` reads, and where its parts are evaluated; undefined where that cannot be had. */
export function templateOfFile(
  call: Call,
  environment: Environment,
  origin: Origin,
): { readonly template: Expression; readonly inside: Environment } | undefined {
  const [path, variables] = call.arguments.map((each) => evaluate(each, environment));
  const uri = uriOf(path, environment);
  const text = readFile(path, call.name, environment, origin);
  if (uri === undefined || text.kind !== 'scalar' || variables?.kind !== 'object') return undefined;
  const template = environment.scope.run.files.template(String(text.value));
  return template && { template, inside: insideTemplate(uri, variables, environment) };
}

function insideTemplate(uri: string, variables: ObjectValue, { scope, rounds }: Environment): Environment {
  const names = new Map(variables.keys().map((key) => [key, variables.get(key)]));
  return { scope, uri, names, item: undefined, rounds };
}

function renderTemplate(
  text: Value | undefined,
  variables: Value | undefined,
  uri: string | undefined,
  environment: Environment,
  origin: Origin,
): Value {
  if (text?.kind !== 'scalar' || typeof text.value !== 'string')
    return text?.kind === 'unknown' ? text : unknown('unsupported', 'a template that is not known', origin);
  if (variables?.kind !== 'object')
    return variables?.kind === 'unknown'
      ? unknown(variables.reason, variables.detail, origin, undefined, variables.secret)
      : unknown('error', 'a template takes an object of variables', origin);
  const template: Expression | undefined = environment.scope.run.files.template(text.value);
  if (template === undefined) return unknown('error', 'the template has a syntax error', origin);
  const place = uri ?? `${environment.uri}#${origin.kind === 'source' ? origin.start : 0}`;
  const inside = insideTemplate(place, variables, environment);
  // Its parts lie in another file: what it makes is blamed on the call.
  return withOrigin(evaluate(template, inside), origin);
}
