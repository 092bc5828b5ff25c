import { type PropertyPath, printPath } from '../../estate/path.ts';
import { applyEdits, type FileEdit } from '../../text/edit.ts';
import { EditPlan } from './edit-plan.ts';
import { styleOf } from './edit-print.ts';
import type { TerraformNode } from './lens-resource.ts';
import { parseTerraform } from './parser.ts';
import type { Block } from './syntax.ts';

/** An edit that cannot be made; the message is a sentence for people. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
}

/** The files that a set of edits reaches. */
export class FilePlans {
  readonly #textOf: (uri: string) => string | undefined;
  readonly #plans = new Map<string, EditPlan>();

  constructor(textOf: (uri: string) => string | undefined) {
    this.#textOf = textOf;
  }

  /** Throws EditRefused when the text is not to be had. */
  of(uri: string): EditPlan {
    let plan = this.#plans.get(uri);
    if (plan === undefined) {
      const text = this.#textOf(uri);
      if (text === undefined) throw new EditRefused('The text of the file is not at hand.');
      plan = new EditPlan(text, styleOf(text));
      this.#plans.set(uri, plan);
    }
    return plan;
  }

  /** The edits of all files. Throws EditRefused when a text would no longer parse. */
  finish(): readonly FileEdit[] {
    const files: FileEdit[] = [];
    for (const [uri, plan] of this.#plans) {
      const edits = plan.edits();
      if (edits.length === 0) continue;
      const before = parseTerraform(plan.text).problems.length;
      if (parseTerraform(applyEdits(plan.text, edits)).problems.length > before) {
        throw new EditRefused('The text around it is written in a way that cannot be changed safely.');
      }
      files.push({ uri, edits });
    }
    return files;
  }
}

/** The block of an instance. Throws EditRefused when it is not wholly readable. */
export function blockOf(node: TerraformNode): Block {
  const block = node.instance.node as Block | undefined;
  if (block?.kind !== 'block')
    throw new EditRefused(
      'The resource is written in JSON, or changed by an override file; neither can be edited yet.',
    );
  if (!block.body.complete) throw new EditRefused('The resource has a syntax error; mend that first.');
  return block;
}

export function noWay(path: PropertyPath, terraformType: string): EditRefused {
  return new EditRefused(`${terraformType} has no argument for ${printPath(path)}.`);
}
