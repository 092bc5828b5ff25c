import { type GivenParameters, jsonParameters } from '../../estate/json-parameters.ts';
import { type Member, object, scalar, through } from '../../estate/make.ts';
import { sourceOrigin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { fileNameOf, folderOf, resolveRelative } from '../../text/uri.ts';
import { evaluate } from './resolve-evaluate.ts';
import type { Run } from './resolve-run.ts';
import { FileScope } from './resolve-scope.ts';
import { literalText } from './symbols.ts';
import type { ParameterAssignment } from './syntax.ts';

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
  if (loaded.kind === 'loaded') return jsonParameters(loaded.content, uri);
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
    mayGive: () => false,
    callers: [],
  });
  for (const [name, assignment] of source.symbols.assignments) values.set(name, () => assigned(assignment, file));
  return values;
}

function assigned(assignment: ParameterAssignment, file: FileScope): Value {
  const { name } = assignment.name;
  return through(evaluate(assignment.value, file.scope), 'parameter-file', name, file.place(assignment));
}
