import { type Member, object, scalar, text, through, unknown } from '../../estate/make.ts';
import { sourceOrigin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { findMemberIgnoringCase, type JsonDocument, type JsonNode } from '../../text/json-syntax.ts';
import { fileNameOf, folderOf, resolveRelative } from '../../text/uri.ts';
import { jsonValue } from './json-values.ts';
import { evaluate } from './resolve-evaluate.ts';
import type { Run } from './resolve-run.ts';
import { FileScope } from './resolve-scope.ts';
import { literalText } from './symbols.ts';
import type { ParameterAssignment } from './syntax.ts';

/** The value that a parameter file gives to a parameter; undefined when it gives none. */
export type GivenParameters = (name: string) => Value | undefined;

const none: GivenParameters = () => undefined;

/** Parameter files that extend each other: more than this many are a mistake. */
const maximumExtensions = 16;

/** Reads a `.bicepparam` or `*.parameters.json` file. A file that cannot be had is a problem of the run. */
export function parametersOf(uri: string, run: Run): GivenParameters {
  if (uri.endsWith('.bicepparam')) {
    const values = ofBicepParameters(uri, run, []);
    return (name) => {
      const value = values.get(name);
      return typeof value === 'function' ? value() : value;
    };
  }
  const loaded = run.files.json(uri, run.context);
  if (loaded.kind === 'loaded') return ofJson(loaded.content, uri);
  if (loaded.kind !== 'unread') reportMissing(uri, run);
  return none;
}

function reportMissing(uri: string, run: Run): void {
  const message = `The parameter file ${fileNameOf(uri)} cannot be read.`;
  run.report({ uri, start: 0, end: 0, code: 'parameter-file', message });
}

/** The values of a file and of those that it extends, its own over theirs. */
function ofBicepParameters(uri: string, run: Run, extendedBy: readonly string[]): ReadonlyMap<string, Member> {
  const loaded = run.files.load(uri, run.context);
  if (loaded.kind !== 'loaded') {
    if (loaded.kind !== 'unread') reportMissing(uri, run);
    return new Map();
  }
  const source = loaded.content;
  const values = new Map<string, Member>();
  for (const statement of source.file.statements) {
    if (statement.kind !== 'extends') continue;
    const path = literalText(statement.reference);
    const target = path === undefined ? undefined : resolveRelative(folderOf(uri), path);
    if (target === undefined) continue;
    if (extendedBy.includes(target) || target === uri || extendedBy.length >= maximumExtensions) {
      const message = `${fileNameOf(uri)} extends a file that leads back to it.`;
      run.report({ uri, start: statement.start, end: statement.end, code: 'cycle', message });
      continue;
    }
    for (const [name, member] of ofBicepParameters(target, run, [...extendedBy, uri])) values.set(name, member);
  }
  const file = new FileScope(run, source, {
    identity: `parameters ${uri}`,
    calls: [],
    exists: scalar(true, sourceOrigin(uri, 0, 0)),
    argument: () => undefined,
    deployedTo: undefined,
    groupIdentity: '',
    subscriptionIdentity: '',
    base: object(new Map(values), sourceOrigin(uri, 0, 0)),
    callers: [],
  });
  for (const [name, assignment] of source.symbols.assignments) values.set(name, () => assigned(assignment, file));
  return values;
}

function assigned(assignment: ParameterAssignment, file: FileScope): Value {
  const { name } = assignment.name;
  return through(evaluate(assignment.value, file.scope), 'parameter-file', name, file.place(assignment));
}

/** The values of a `*.parameters.json` file, each with its place in it. */
export function ofJson(document: JsonDocument, uri: string): GivenParameters {
  const { root } = document;
  const parameters = root?.kind === 'object' ? findMemberIgnoringCase(root, 'parameters')?.value : undefined;
  if (parameters?.kind !== 'object') return none;
  return (name) => {
    const member = findMemberIgnoringCase(parameters, name.toLowerCase());
    const entry = member?.value;
    if (member === undefined || entry?.kind !== 'object') return undefined;
    const place = { uri, start: member.start, end: member.end };
    const reference = findMemberIgnoringCase(entry, 'reference');
    if (reference !== undefined) {
      const origin = sourceOrigin(uri, entry.start, entry.end);
      return unknown('deployment', `'${name}' comes from a key vault`, origin, undefined, true);
    }
    const value = findMemberIgnoringCase(entry, 'value')?.value;
    return value === undefined
      ? undefined
      : through(
          jsonValue(value, uri, (written, node) => withPlaceholders(written, node, uri)),
          'parameter-file',
          name,
          place,
        );
  };
}

/** `${NAME}` and `${NAME=default}`, which the Azure Developer CLI fills in. */
function withPlaceholders(written: string, node: JsonNode, uri: string): Value | undefined {
  if (!written.includes('${')) return undefined;
  const origin = sourceOrigin(uri, node.start, node.end);
  const pieces = written.split(/\$\{([A-Za-z_]\w*)(?:=[^}]*)?\}/);
  if (pieces.length === 1) return undefined;
  const parts = pieces.map((piece, index) =>
    index % 2 === 0
      ? piece
      : unknown('parameter', `the environment variable ${piece}`, origin, `environment variable ${piece}`),
  );
  const filled = parts.filter((part) => part !== '');
  const [only] = filled;
  return filled.length === 1 && typeof only === 'object' ? only : text(filled, origin);
}
