import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const out = mkdtempSync(join(tmpdir(), 'demarc-package-'));
let said = '';

// What rules compile to is data in both packages, its file names are not this test's business.
const isData = (name: string): boolean => /\/dist\/[a-z-]+\.json$/.test(name);

beforeAll(() => {
  expect(existsSync(join(repository, 'dist/client.cjs')), 'run `npm run build` first').toBe(true);
  const script = join(repository, 'scripts/package.mjs');
  const packed = spawnSync(process.execPath, [script, '--out', out], { encoding: 'utf8' });
  said = packed.stdout + packed.stderr;
  expect(packed.status, said).toBe(0);
}, 60_000);

afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('VSIX', () => {
  const file = join(out, `demarc-${version}.vsix`);

  it('is packed without a warning', () => {
    expect(said).not.toMatch(/warning|error/i);
  });

  it('holds what runs in the editor and nothing else', () => {
    const names = zipEntries(readFileSync(file)).filter((name) => !isData(name));
    expect(names.sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/client/media/icon.png',
      'extension/client/media/view.svg',
      'extension/client/media/walkthrough/example.md',
      'extension/client/media/walkthrough/fix.md',
      'extension/client/media/walkthrough/responsibility.md',
      'extension/dist/client.cjs',
      'extension/dist/matrix.css',
      'extension/dist/matrix.js',
      'extension/dist/server.cjs',
      'extension/dist/third-party-notices.txt',
      'extension/docs/images/editor.png',
      'extension/docs/images/terminal.png',
      'extension/package.json',
      'extension/readme.md',
      'extension/syntaxes/demarc-block-comments.tmLanguage.json',
      'extension/syntaxes/demarc-line-comments.tmLanguage.json',
    ]);
  });

  it('is at most 3 MB', () => {
    expect(statSync(file).size).toBeLessThanOrEqual(3_000_000);
  });

  it('describes an extension, not the repository', () => {
    const manifest = JSON.parse(readFileSync(join(out, 'vsix/package.json'), 'utf8'));
    expect(Object.keys(manifest)).toEqual(expect.arrayContaining(['main', 'contributes', 'activationEvents', 'icon']));
    for (const field of ['scripts', 'dependencies', 'devDependencies', 'bin', 'exports'])
      expect(manifest).not.toHaveProperty(field);
  });
});

describe('npm package', () => {
  it('holds what runs in a terminal, or serves an editor, and nothing else', () => {
    const names = execFileSync('tar', ['-tzf', join(out, `demarc-${version}.tgz`)], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(names.filter((name) => !isData(name)).sort()).toEqual([
      'package/CHANGELOG.md',
      'package/LICENSE',
      'package/README.md',
      'package/dist/api.cjs',
      'package/dist/api.d.cts',
      'package/dist/demarc.cjs',
      'package/dist/server.cjs',
      'package/dist/third-party-notices.txt',
      'package/package.json',
    ]);
  });

  it('runs without any other package', () => {
    // The staged folder lies outside the repository, so nothing there can lend it a module.
    const printed = execFileSync(process.execPath, [join(out, 'npm/dist/demarc.cjs'), '--version'], {
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe(version);
  });
});

/** The names in a ZIP file's central directory. */
function zipEntries(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const count = zip.readUInt16LE(end + 10);
  const names: string[] = [];
  for (let entry = 0, at = zip.readUInt32LE(end + 16); entry < count; entry++) {
    const nameLength = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
