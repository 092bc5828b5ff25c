// Keeps the dependency direction of the design: client → (protocol types) ← server, cli → host, report → engine.

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const houses = ['engine', 'report', 'host', 'server', 'cli', 'client'];
const protocol = 'server/protocol.ts';
const languageNames = ['bicep', 'arm', 'terraform'];

interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  /** A path relative to the repository, or a package's specifier. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const builtins = new Set(builtinModules);
const imports = houses.flatMap((house) => sourcesIn(house)).flatMap(importsOf);

/** The imports that one of the houses makes, without those into itself. */
function leaving(house: string): Import[] {
  return imports.filter((each) => isIn(house, each.from) && !isIn(house, each.to));
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

function isPackage(specifier: string, ...names: string[]): boolean {
  return names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtins.has(specifier);
}

function show(offenders: readonly Import[]): string[] {
  return offenders.map((each) => `${each.from} imports ${each.to}`);
}

describe('dependencies point one way', () => {
  it('reads imports of every form', () => {
    const text = [
      "import a from './a.ts';",
      "import type { B } from '../b.ts';",
      "import { type C, type D } from 'c';",
      "import {\n  e,\n} from 'e';",
      "import 'f';",
      "export { g } from 'g';",
      "export * from 'h';",
      "export type { I } from 'i';",
      "const j = await import('j');",
      "const k = require('k');",
      "type L = import('l').L;",
      "// import m from 'm';",
      "/* import n from 'n'; */",
      'const text = "import o from \'p\'";',
    ].join('\n');
    const found = parseImports(text);
    expect(found.map((each) => each.to)).toEqual(['./a.ts', '../b.ts', 'c', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']);
    expect(found.filter((each) => each.typeOnly).map((each) => each.to)).toEqual(['../b.ts', 'i']);
  });

  it('finds the sources', () => {
    expect(imports.some((each) => isIn('engine', each.from))).toBe(true);
    expect(imports.some((each) => isIn('client', each.from))).toBe(true);
  });

  it('engine imports nothing above it: no host, no editor, no protocol', () => {
    const allowed = ['re2js', 'yaml'];
    expect(show(leaving('engine').filter((each) => isNode(each.to) || !isPackage(each.to, ...allowed)))).toEqual([]);
  });

  it('languages import neither each other nor what stands on them', () => {
    for (const language of languageNames) {
      const own = `engine/languages/${language}`;
      const shared = (path: string): boolean => /^engine\/languages\/[^/]+\.ts$/.test(path);
      const forbidden = [
        'engine/languages',
        'engine/check',
        'engine/configuration',
        'engine/findings',
        'rules',
        'lens',
      ];
      const offenders = leaving(own).filter(
        (each) => !shared(each.to) && forbidden.some((folder) => isIn(folder, each.to)),
      );
      expect(show(offenders)).toEqual([]);
    }
  });

  it('report imports engine only', () => {
    expect(show(leaving('report').filter((each) => isHouse(each.to) && !isIn('engine', each.to)))).toEqual([]);
  });

  it('host, which reads files for server and cli, imports engine only', () => {
    expect(show(leaving('host').filter((each) => isHouse(each.to) && !isIn('engine', each.to)))).toEqual([]);
  });

  it('server and cli import engine, host and report, not each other, the client or the editor', () => {
    for (const house of ['server', 'cli']) {
      const offenders = leaving(house).filter((each) =>
        isHouse(each.to)
          ? !isIn('engine', each.to) && !isIn('host', each.to) && !isIn('report', each.to)
          : isPackage(each.to, 'vscode', 'vscode-languageclient'),
      );
      expect(show(offenders)).toEqual([]);
    }
  });

  it('client talks to server by protocol only, whose types it may import', () => {
    const offenders = leaving('client').filter(
      (each) => !isPackage(each.to, 'vscode', 'vscode-languageclient') && !(each.to === protocol && each.typeOnly),
    );
    expect(show(offenders)).toEqual([]);
  });

  it('the protocol is types alone', () => {
    expect(imports.filter((each) => each.from === protocol && !each.typeOnly)).toEqual([]);
    const declarations = readFileSync(join(repository, protocol), 'utf8').match(/^export \w+/gm) ?? [];
    expect(declarations.filter((each) => each !== 'export interface' && each !== 'export type')).toEqual([]);
  });

  it('relative imports name their file with its ending', () => {
    expect(show(imports.filter((each) => isHouse(each.to) && !/\.(ts|json)$/.test(each.to)))).toEqual([]);
  });
});

function isHouse(path: string): boolean {
  return houses.some((house) => isIn(house, path));
}

function sourcesIn(house: string): string[] {
  return readdirSync(join(repository, house), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(house, name).split(sep).join('/'));
}

function importsOf(from: string): Import[] {
  return parseImports(readFileSync(join(repository, from), 'utf8')).map(({ to, typeOnly }) => {
    const path = to.startsWith('.') ? relative(repository, resolve(repository, dirname(from), to)) : to;
    return { from, to: path.split(sep).join('/'), typeOnly };
  });
}

/** Every import, re-export, dynamic import and require of a source text, in order. */
function parseImports(text: string): { readonly to: string; readonly typeOnly: boolean }[] {
  const form =
    /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|(?<![\w.'"`])(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(form)].map((match) => ({
    to: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}
