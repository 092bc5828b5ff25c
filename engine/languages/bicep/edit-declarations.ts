import { refused } from '../../estate/edit-result.ts';
import type { EditDeclaration } from '../../estate/property-edit.ts';
import type { TextEdit } from '../../text/edit.ts';
import { indentationAt } from '../../text/layout.ts';
import { checked } from './edit-check.ts';
import { styleOf } from './edit-print.ts';
import type { BicepParameterNode } from './resolve-declarations.ts';

/** Makes a parameter secure, or takes its default away. */
export const editBicepDeclaration: EditDeclaration = ({ declares, source }, edits, textOf) => {
  if (declares !== 'parameters') return refused('Only parameters can be changed like this.');
  // Made by the resolver of this language, which is the only one that says so.
  const { file, parameter } = source.node as BicepParameterNode;
  if (textOf(source.uri) !== file.text) return refused('The file has changed since it was read.');
  const made: TextEdit[] = [];
  for (const edit of edits) {
    const [first] = edit.kind === 'set' || edit.kind === 'remove' ? edit.path : [];
    const key = first?.kind === 'key' ? first.key : undefined;
    if (edit.kind === 'set' && key === 'secure') {
      const at = parameter.keyword;
      const text = `@secure()${styleOf(file.text).lineBreak}${indentationAt(file.text, at)}`;
      made.push({ start: at, end: at, text });
    } else if (edit.kind === 'remove' && key === 'default' && parameter.defaultValue !== undefined) {
      made.push({ start: parameter.type.end, end: parameter.defaultValue.end, text: '' });
    } else return refused('This cannot be changed in a declaration.');
  }
  return checked(source.uri, file, made);
};
