// The licences of the packages that end up in our bundles.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text with the licence of each package that one of the bundled files, relative to the repository, belongs to. */
export function thirdPartyNotices(repository, files) {
  const packages = new Set(files.map(packageOf).filter((each) => each !== undefined));
  const notices = [...packages].sort().map((path) => noticeOf(join(repository, path)));
  return ['Demarc contains the following packages.', ...notices].join('\n\n---\n\n');
}

/** `node_modules/@scope/name` of a file in a package, the innermost where packages are nested. */
function packageOf(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
  const text = licence ? readFileSync(join(folder, licence), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}
