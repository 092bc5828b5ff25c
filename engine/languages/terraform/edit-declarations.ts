import type { EditDeclaration } from '../../estate/property-edit.ts';
import { EditRefused, FilePlans } from './edit-files.ts';
import type { TerraformDeclarationNode } from './resolve-declarations.ts';
import { findAttribute } from './syntax.ts';

/** Makes a variable sensitive, takes its default away, or takes an argument out of another block. */
export const editTerraformDeclaration: EditDeclaration = ({ declares, source }, edits, textOf) => {
  const plans = new FilePlans(textOf);
  // Made by the resolver of this language, which is the only one that says so.
  const { uri, node } = source.node as TerraformDeclarationNode;
  try {
    if (!node.body.complete) throw new EditRefused('There is a syntax error here.');
    const plan = plans.of(uri);
    for (const edit of edits) {
      const [first, more] = edit.kind === 'set' || edit.kind === 'remove' ? edit.path : [];
      if (first?.kind !== 'key' || more !== undefined)
        throw new EditRefused('This cannot be changed in a declaration.');
      const name = declares === 'parameters' && first.key === 'secure' ? 'sensitive' : first.key;
      const attribute = findAttribute(node.body, name);
      if (edit.kind === 'remove') {
        if (attribute !== undefined) plan.in(node).removed.add(attribute);
      } else if (edit.kind === 'set' && edit.value.kind === 'data') {
        if (attribute === undefined) plan.in(node).added.attributes.set(name, edit.value.data);
        else plan.replace(attribute.value, edit.value.data);
      } else throw new EditRefused('This cannot be changed in a declaration.');
    }
    return { kind: 'edits', files: plans.finish() };
  } catch (error) {
    if (error instanceof EditRefused) return { kind: 'refused', reason: error.message };
    throw error;
  }
};
