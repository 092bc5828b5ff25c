import { jsonValue } from '../../estate/json-values.ts';
import type { Loaded } from '../../estate/loaded.ts';
import { scalar, through, unknown } from '../../estate/make.ts';
import { callPure, property } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import { armFunctions } from '../../functions/arm-functions.ts';
import type { PureFunction } from '../../functions/data.ts';
import { decodeYaml } from '../../functions/yaml-data.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import type { BicepCallSite } from './resolve-calls.ts';

type FileFunction = (args: readonly Value[], site: BicepCallSite) => Value;

/** Functions that read a file beside the one that calls them. By name in lower case. */
export const fileFunctions: ReadonlyMap<string, FileFunction> = new Map<string, FileFunction>([
  ['loadtextcontent', (args, site) => loadText(args, site)],
  ['loadfileasbase64', loadBase64],
  ['loadjsoncontent', loadJson],
  ['loadyamlcontent', loadYaml],
]);

function uriOf(args: readonly Value[], site: BicepCallSite): string | undefined {
  const [path] = args;
  if (path?.kind !== 'scalar' || typeof path.value !== 'string') return undefined;
  return resolveRelative(folderOf(site.scope.file.uri), path.value);
}

function load<Content>(
  args: readonly Value[],
  site: BicepCallSite,
  read: (uri: string) => Loaded<Content>,
  use: (content: Content, uri: string) => Value,
): Value {
  const uri = uriOf(args, site);
  const [path] = args;
  const written = path?.kind === 'scalar' ? String(path.value) : undefined;
  if (uri === undefined) {
    if (written !== undefined) reportFile(site, `'${written}' lies outside of what is read.`);
    return unknown('file', `${site.name}() reads a file that cannot be told`, site.origin);
  }
  const loaded = read(uri);
  if (loaded.kind === 'loaded') return use(loaded.content, uri);
  if (loaded.kind === 'unreadable') reportFile(site, loaded.message);
  const what = loaded.kind === 'absent' ? 'is not there' : loaded.kind === 'too-large' ? 'is too large' : 'is not read';
  const identity = `${site.name.toLowerCase()} ${uri}`;
  return unknown('file', `the file that ${site.name}() reads ${what}`, site.origin, identity);
}

function reportFile(site: BicepCallSite, message: string): void {
  const { file } = site.scope;
  file.run.report({ ...file.place(site.span), code: 'file', message: `${site.name}(): ${message}` });
}

function loadText(args: readonly Value[], site: BicepCallSite): Value {
  const { run } = site.scope.file;
  const encoding = args[1];
  if (encoding !== undefined && (encoding.kind !== 'scalar' || !/^(utf-8|us-ascii)$/i.test(String(encoding.value))))
    return unknown('unsupported', 'a text that is not in UTF-8', site.origin);
  return load(
    args,
    site,
    (uri) => run.files.text(uri, run.context),
    (text) => scalar(text, site.origin),
  );
}

function loadBase64(args: readonly Value[], site: BicepCallSite): Value {
  const text = loadText(args.slice(0, 1), site);
  const base64 = armFunctions.get('base64');
  // A file that is no text cannot be told from what the host made of it.
  const isText = text.kind === 'scalar' && !String(text.value).includes('\uFFFD');
  if (text.kind === 'scalar' && (!isText || base64 === undefined))
    return unknown('unsupported', 'a file that is not text', site.origin);
  return base64 === undefined ? text : callPure(site.name, base64, [text], site.origin);
}

function loadJson(args: readonly Value[], site: BicepCallSite): Value {
  const { run } = site.scope.file;
  return load(
    args,
    site,
    (uri) => run.files.json(uri, run.context),
    ({ root, problems }, uri) => {
      const [problem] = problems;
      if (root === undefined || problem !== undefined)
        return unknown('error', `the file that ${site.name}() reads is no JSON`, site.origin);
      return through(
        selected(jsonValue(root, uri), args[1], site),
        'variable',
        site.name,
        site.scope.file.place(site.span),
      );
    },
  );
}

const yaml: PureFunction = {
  minimum: 1,
  maximum: 1,
  call: ([text]) => decodeYaml(typeof text === 'string' ? text : ''),
};

function loadYaml(args: readonly Value[], site: BicepCallSite): Value {
  const text = loadText(args.slice(0, 1), site);
  return text.kind === 'unknown' ? text : selected(callPure(site.name, yaml, [text], site.origin), args[1], site);
}

/** The part at a JSON path of plain names: `$.a.b`. */
function selected(value: Value, path: Value | undefined, site: BicepCallSite): Value {
  if (path === undefined) return value;
  const written = path.kind === 'scalar' ? String(path.value) : undefined;
  if (written === undefined || !/^\$?(\.?[A-Za-z_][\w-]*)*$/.test(written))
    return unknown('unsupported', 'a JSON path that is not made of names', site.origin);
  const names = written.replace(/^\$/, '').split('.');
  return names.filter((name) => name !== '').reduce((part, name) => property(part, name), value);
}
