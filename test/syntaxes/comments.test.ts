// What the injection grammars make of our comments, by the same engine that VS Code colours with.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import manifest from '../../package.json' with { type: 'json' };

const repository = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** What JSON with comments looks like to a grammar, as far as comments go. */
const arm = {
  scopeName: 'source.json.arm-template',
  patterns: [
    { begin: '/\\*', end: '\\*/', name: 'comment.block.json' },
    { match: '//.*$\\n?', name: 'comment.line.double-slash.js' },
    { begin: '"', end: '"', name: 'string.quoted.double.json' },
  ],
};

const bases: Readonly<Record<string, string>> = {
  'source.bicep': read('test/vscode/neighbour/bicep.tmLanguage.json'),
  'source.hcl.terraform': read('test/vscode/neighbour/terraform.tmLanguage.json'),
  'source.json.arm-template': JSON.stringify(arm),
};
const { grammars } = manifest.contributes;

let registry: textmate.Registry;

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const own = grammars.find(({ scopeName }) => scopeName === scope);
      const text = own === undefined ? bases[scope] : read(own.path);
      return text === undefined ? null : textmate.parseRawGrammar(text, 'grammar.json');
    },
    getInjections: (scope) =>
      grammars.filter(({ injectTo }) => injectTo.includes(scope)).map(({ scopeName }) => scopeName),
  });
});

/** The tokens of a text that have a scope of ours, each with the last of its scopes; blanks are left out. */
async function ours(scope: string, text: string): Promise<string[]> {
  const grammar = await registry.loadGrammar(scope);
  expect(grammar).not.toBeNull();
  return grammar === null ? [] : tokensOf(grammar, text);
}

function tokensOf(grammar: IGrammar, text: string): string[] {
  const found: string[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const last = scopes.findLast((each) => each.endsWith('.demarc'));
      const word = line.slice(startIndex, endIndex).trim();
      if (last !== undefined && word !== '') found.push(`${word} ← ${last}`);
    }
  }
  return found;
}

const whole = 'demarc:ignore storage/secure-transfer, CKV_AZURE_3 until 2027-03-01 -- legacy meters -- speak HTTP';
const parts = [
  'demarc:ignore ← keyword.control.directive.demarc',
  'storage/secure-transfer ← support.constant.rule.demarc',
  ', ← meta.directive.demarc',
  'CKV_AZURE_3 ← support.constant.rule.demarc',
  'until ← keyword.other.until.demarc',
  '2027-03-01 ← constant.numeric.date.demarc',
  '-- ← punctuation.separator.reason.demarc',
  'legacy meters -- speak HTTP ← string.unquoted.reason.demarc',
];

const languages = [
  { scope: 'source.bicep', mark: '//', code: "param name string = 'a'", text: "var a = '// demarc:ignore x -- y'" },
  { scope: 'source.hcl.terraform', mark: '#', code: 'a = 1', text: 'a = "# demarc:ignore x -- y"' },
  { scope: 'source.hcl.terraform', mark: '//', code: 'a = 1', text: 'a = "// demarc:ignore x -- y"' },
  { scope: 'source.json.arm-template', mark: '//', code: '"a": 1,', text: '"a": "// demarc:ignore x -- y"' },
];

for (const { scope, mark, code, text } of languages) {
  describe(`${mark} in ${scope}`, () => {
    it('shows every part of a suppression', async () => {
      const begun = `${mark} ← punctuation.definition.comment.demarc`;
      expect(await ours(scope, `${mark} ${whole}`)).toEqual([begun, ...parts]);
      expect(await ours(scope, `${code} ${mark} ${whole}`)).toEqual([begun, ...parts]);
    });

    it('shows one for a whole file, behind other words', async () => {
      expect(await ours(scope, `${mark} See below: demarc:ignore-file nsg/any -- lab`)).toEqual([
        `${mark} ← punctuation.definition.comment.demarc`,
        'See below: ← comment.line.demarc',
        'demarc:ignore-file ← keyword.control.directive.demarc',
        'nsg/any ← support.constant.rule.demarc',
        '-- ← punctuation.separator.reason.demarc',
        'lab ← string.unquoted.reason.demarc',
      ]);
    });

    it('shows it in a block, and ends with that', async () => {
      expect(await ours(scope, `/* ${whole} */ ${code}`)).toEqual(parts);
    });

    it('leaves other comments, texts and code alone', async () => {
      expect(await ours(scope, `${mark} demarc ignores this\n${code}\n${text}`)).toEqual([]);
    });

    it('ends with the line', async () => {
      expect(await ours(scope, `${mark} ${whole}\n${code}`)).toHaveLength(parts.length + 1);
    });
  });
}

it('is put into the languages that official extensions bring, and nothing is claimed', () => {
  for (const { injectTo } of grammars) expect(injectTo).toEqual(expect.arrayContaining(Object.keys(bases)));
  expect(grammars.filter((each) => 'language' in each)).toEqual([]);
});
