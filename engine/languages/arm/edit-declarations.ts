import { refused } from '../../estate/edit-result.ts';
import type { EditDeclaration } from '../../estate/property-edit.ts';
import { checked, problemAt } from './edit-check.ts';
import { findPath, memberOf } from './edit-find.ts';
import { EditPlan } from './edit-plan.ts';
import { styleOf } from './edit-style.ts';
import type { ArmNode } from './levels.ts';

/** Makes a parameter secure, or takes its default away. */
export const editArmDeclaration: EditDeclaration = ({ declares, source: handle }, edits, textOf) => {
  if (declares !== 'parameters') return refused('Only parameters can be changed like this.');
  // Made by the resolver of this language, which is the only one that says so.
  const { source, declaration } = handle.node as ArmNode;
  if (textOf(source.uri) !== source.text) return refused('The file has changed since it was read.');
  const problem = problemAt(source, declaration);
  if (problem !== undefined) return refused(`There is a syntax error here: ${problem.message}`);
  const plan = new EditPlan(source, styleOf(source.text, source.document.root, true), declaration);
  for (const edit of edits) {
    const [first] = edit.kind === 'set' || edit.kind === 'remove' ? edit.path : [];
    const key = first?.kind === 'key' ? first.key : undefined;
    const isSecure = edit.kind === 'set' && key === 'secure';
    if (!isSecure && !(edit.kind === 'remove' && key === 'default'))
      return refused('This cannot be changed in a declaration.');
    const found = findPath(declaration, [{ kind: 'key', key: isSecure ? 'type' : 'defaultValue' }]);
    if (found.kind !== 'value') return refused('The parameter does not say what it is.');
    const type = isSecure ? memberOf(declaration, 'type')?.value : undefined;
    if (type?.kind === 'string')
      plan.replace(found.node, found.container, /object/i.test(type.value) ? 'secureObject' : 'securestring');
    else plan.remove(found.member ?? found.node, found.container);
  }
  return checked(source, plan.edits());
};
