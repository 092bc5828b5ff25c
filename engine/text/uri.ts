/**
 * URIs as the engine uses them: `scheme://authority/path`, `/` between segments, no `.` or `..`, percent-encoding kept as
 * the host wrote it. Folders end in `/`.
 */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** The folder around a folder, `/` behind both; undefined for the outermost one. */
export function parentFolder(folder: string): string | undefined {
  if (folder.length <= rootLength(folder)) return undefined;
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
}

/** The last segment, decoded; empty for a folder. */
export function fileNameOf(uri: string): string {
  return decodeSegment(uri.slice(uri.lastIndexOf('/') + 1));
}

/**
 * Resolves a relative path, as written in source code, against a folder URI. Backslashes count as separators, since
 * Windows authors write them. Undefined when the path climbs above the root of the URI or is absolute.
 */
export function resolveRelative(folder: string, path: string): string | undefined {
  const written = path.replaceAll('\\', '/');
  if (written.startsWith('/') || /^[A-Za-z][A-Za-z0-9+.-]+:/.test(written) || /^[A-Za-z]:/.test(written))
    return undefined;
  const rootEnd = rootLength(folder);
  const segments = folder
    .slice(rootEnd)
    .split('/')
    .filter((segment) => segment !== '');
  for (const segment of written.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else {
      segments.push(encodeSegment(segment));
    }
  }
  const trailing = written === '' || written === '.' || written === '..' || /\/\.{0,2}$/.test(written) ? '/' : '';
  const joined = folder.slice(0, rootEnd) + segments.join('/');
  return joined.endsWith('/') ? joined : joined + trailing;
}

/** True when `uri` is the folder or lies anywhere below it. */
export function isBelow(uri: string, folder: string): boolean {
  return uri.startsWith(folder);
}

/** The path from a folder to a file below it, decoded; the whole URI when it is not below. */
export function relativeTo(folder: string, uri: string): string {
  if (!uri.startsWith(folder)) return uri;
  return uri.slice(folder.length).split('/').map(decodeSegment).join('/');
}

/** The path that leads from one folder to another, decoded, without a slash at its end; undefined between different roots. */
export function pathBetween(from: string, to: string): string | undefined {
  const rootEnd = rootLength(from);
  if (to.slice(0, rootEnd) !== from.slice(0, rootEnd)) return undefined;
  const left = segmentsOf(from.slice(rootEnd));
  const right = segmentsOf(to.slice(rootEnd));
  let shared = 0;
  while (shared < left.length && shared < right.length && left[shared] === right[shared]) shared++;
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared).map(decodeSegment)].join('/');
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** The path that a file has on its machine: `/a b/x` for `file:///a%20b/x`, `c:/x` for `file:///c%3A/x`. */
export function pathOfUri(uri: string): string {
  const path = uri
    .replace(/^file:\/\//, '')
    .split('/')
    .map(decodeSegment)
    .join('/');
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

/** The one spelling of a URI that the engine compares: every segment decoded and encoded again by the same rule. */
export function normaliseUri(uri: string): string {
  const rootEnd = rootLength(uri);
  return uri.slice(0, rootEnd) + uri.slice(rootEnd).split('/').map(decodeSegment).map(encodeSegment).join('/');
}

/** The URI of an absolute path of this machine; `C:\\x` becomes `file:///c%3A/x`, as editors write it. */
export function uriOfPath(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const drive = /^([A-Za-z]):/.exec(slashed);
  const rooted = drive === null ? slashed : `/${drive[1]?.toLowerCase()}:${slashed.slice(2)}`;
  return `file://${rooted.split('/').map(encodeSegment).join('/')}`;
}

function rootLength(uri: string): number {
  const authority = uri.indexOf('://');
  if (authority < 0) return 0;
  const slash = uri.indexOf('/', authority + 3);
  return slash < 0 ? uri.length : slash + 1;
}

function encodeSegment(segment: string): string {
  return /^[A-Za-z0-9._~-]*$/.test(segment) ? segment : encodeURIComponent(segment).replace(/[!'()*]/g, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
