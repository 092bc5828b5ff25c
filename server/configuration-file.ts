import { type CompletionItem, CompletionItemKind, type CompletionParams } from 'vscode-languageserver';
import { profiles } from '../engine/check/rule.ts';
import {
  classificationKeys,
  classKeys,
  configurationName,
  failLevels,
  fileKeys,
  ruleSeverities,
  settingKeys,
} from '../engine/configuration/settings.ts';
import { concerns } from '../engine/responsibility/layers.ts';
import { fileNameOf } from '../engine/text/uri.ts';
import { ruleCard } from './directives.ts';
import { ruleItems } from './rule-items.ts';
import type { Session } from './session.ts';

export function isConfigurationFile(uri: string): boolean {
  return fileNameOf(uri) === configurationName;
}

/** What may be written in a `demarc.yaml`, by the keys that lead to the cursor. */
export function configurationItems(session: Session, params: CompletionParams): readonly CompletionItem[] {
  const text = session.documents.get(params.textDocument.uri)?.text;
  if (text === undefined) return [];
  const { line, character } = params.position;
  const lines = text.split(/\r?\n/);
  const before = (lines[line] ?? '').slice(0, character);
  if (/(^|\s)#/.test(before)) return [];
  const range = (word: string) => ({ start: { line, character: character - word.length }, end: params.position });
  const plain = (word: string, values: readonly string[], ending = ''): readonly CompletionItem[] =>
    values.map((label) => ({
      label,
      kind: ending === '' ? CompletionItemKind.EnumMember : CompletionItemKind.Property,
      textEdit: { range: range(word), newText: label + ending },
    }));
  const item = /^\s*(?:- |[\w-]+:\s*\[(?:.*,)?)\s*([\w/-]*)$/.exec(before);
  const value = /^\s*(?:- )?([\w./-]+):\s+([\w/-]*)$/.exec(before);
  const keys = keysAbove(lines, line);
  if (value !== null) {
    const [, key = '', word = ''] = value;
    return plain(word, valuesOf(keys, key));
  }
  if (item !== null) {
    const [, word = ''] = item;
    const inline = /^\s*([\w-]+):\s*\[/.exec(before)?.[1];
    const list = inline ?? keys.at(-1);
    if (list === 'provided-elsewhere' || (list === 'requires' && keys.includes('classification')))
      return [...plain(word, concerns), ...ruleItems(session, range(word), undefined, (id) => id)];
    if (list === 'overrides' && inline === undefined) return plain(word, ['paths', ...settingKeys], ': ');
    return [];
  }
  const word = /^\s*([\w/-]*)$/.exec(before)?.[1];
  if (word === undefined) return [];
  switch (keys.at(-1)) {
    case undefined:
      return plain(word, fileKeys, ': ');
    case 'rules':
      return ruleItems(session, range(word), undefined, (id) => `${id}: `);
    case 'overrides':
      return plain(word, ['paths', ...settingKeys], ': ');
    case 'classification':
      return plain(word, classificationKeys, ': ');
    default:
      if (keys.at(-2) === 'classes' && keys.at(-3) === 'classification') return plain(word, classKeys, ': ');
      return keys.at(-2) === 'rules' ? plain(word, ['severity', 'options'], ': ') : [];
  }
}

function valuesOf(keys: readonly string[], key: string): readonly string[] {
  if (key === 'profile') return profiles;
  if (key === 'fail-on') return failLevels;
  if (key === 'inherit') return ['true', 'false'];
  const isRule = keys.at(-1) === 'rules' || (keys.at(-2) === 'rules' && key === 'severity');
  return isRule ? ruleSeverities : [];
}

/** The keys of the mappings that a line lies in, the outermost first, by their indentation. */
function keysAbove(lines: readonly string[], line: number): readonly string[] {
  const keys: string[] = [];
  let indentation = indentationOf(lines[line] ?? '');
  for (let above = line - 1; above >= 0 && indentation > 0; above--) {
    const match = /^([ -]*)([\w./-]+):\s*(#.*)?$/.exec(lines[above] ?? '');
    if (match === null) continue;
    const [, blanks = '', key = ''] = match;
    if (blanks.length >= indentation) continue;
    keys.unshift(key);
    indentation = indentationOf(lines[above] ?? '');
  }
  return keys;
}

function indentationOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}

/** The card of the rule whose id stands at the cursor. */
export function configurationCardAt(session: Session, text: string, offset: number): string | undefined {
  const start = offset - (/[\w/-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const word = /^[\w/-]+/.exec(text.slice(start))?.[0] ?? '';
  const [id] = session.analysis.rulesNamed(word);
  return id === undefined ? undefined : ruleCard(session, id);
}
