import { type Data, isDataArray, isDataObject } from '../functions/data.ts';
import type { CompiledCondition, CompiledTest, Demand } from './condition-types.ts';
import { childType } from './relations.ts';
import { type CompiledRule, type FixSpec, faultPath } from './rule.ts';

/**
 * A property path that a rule asks for or a fix writes. At least one of the types must have it, in some API version;
 * `[]` stands for an item of an array, `['*']` for any member of an object.
 */
export interface PathUse {
  readonly types: readonly string[];
  readonly path: string;
  /** Set where the path is written with this API version and no other. */
  readonly apiVersion?: string;
}

/** Readable on every resource, and no properties of its body. */
const besidesTheBody = new Set(['name', 'type', 'apiversion', 'scope', 'id']);

/** Every property path that a rule names, each once. Those inside TypeScript checks are not known here. */
export function pathsOfRule(rule: CompiledRule): readonly PathUse[] {
  const uses = new Map<string, PathUse>();
  const add = (types: readonly string[], path: string, apiVersion?: string): void => {
    const first = /^[^.[]*/.exec(path)?.[0].toLowerCase() ?? '';
    if (path === '' || types.length === 0 || types.includes('*') || besidesTheBody.has(first)) return;
    const use: PathUse = { types, path, ...(apiVersion === undefined ? {} : { apiVersion }) };
    uses.set(`${types.join()}#${path}@${apiVersion}`, use);
  };
  const condition = (each: CompiledCondition | undefined, types: readonly string[], base: string): void => {
    if (each === undefined) return;
    switch (each.op) {
      case 'all':
      case 'any':
        for (const inner of each.of) condition(inner, types, base);
        return;
      case 'not':
        condition(each.of, types, base);
        return;
      case 'value': {
        const path = joined(base, each.path);
        add(types, path);
        for (const test of each.tests) quantifier(test, types, path);
        return;
      }
      case 'child':
        demand(
          each,
          types.map((type) => childType(each.type, type)),
        );
        return;
      case 'related':
        add(types, joined(base, each.at));
        condition(each.require, each.types, '');
        return;
      case 'referencedBy':
        add(each.types, each.at);
        demand(each, each.types);
    }
  };
  const quantifier = (test: CompiledTest, types: readonly string[], path: string): void => {
    if (test.op === 'quantifier') condition(test.of, types, test.over === 'items' ? `${path}[]` : `${path}['*']`);
  };
  const demand = ({ where, require, forbid }: Demand, types: readonly string[]): void => {
    for (const each of [where, require, forbid]) condition(each, types, '');
  };
  for (const each of [rule.where, rule.moot, rule.require]) condition(each, rule.types, '');
  if (rule.at !== undefined) add(rule.types, rule.at);
  if (rule.fix !== undefined)
    for (const { types, path, apiVersion } of pathsOfFix(rule.fix, rule.types)) add(types, path, apiVersion);
  return [...uses.values()];
}

/** The paths that a fix writes or removes. */
export function pathsOfFix(fix: FixSpec, types: readonly string[]): readonly PathUse[] {
  const written = Object.entries(fix.set ?? {}).flatMap(([path, data]) =>
    path === faultPath ? [] : leavesOf(data, path),
  );
  const paths = [...written, ...(fix.remove ?? [])].map((path): PathUse => ({ types, path }));
  const added = [fix.addChild, fix.addReferring].filter((each) => each !== undefined);
  return [
    ...paths,
    ...added.flatMap(({ type, apiVersion, body }) =>
      leavesOf(body, '').map((path): PathUse => ({ types: [type], path, apiVersion })),
    ),
  ];
}

function joined(base: string, path: string): string {
  return base === '' || path === '' ? base + path : path.startsWith('[') ? base + path : `${base}.${path}`;
}

/** The paths of the values in some data: what is asked for and options are values, an empty object is one too. */
function leavesOf(data: Data, base: string): readonly string[] {
  if (isDataArray(data)) return data.length === 0 ? [base] : data.flatMap((item) => leavesOf(item, `${base}[]`));
  if (!isDataObject(data) || 'ask' in data || 'option' in data || 'own' in data) return [base];
  const members = Object.entries(data);
  if (members.length === 0) return [base];
  return members.flatMap(([key, member]) => leavesOf(member, joined(base, /[.[\]']/.test(key) ? `['${key}']` : key)));
}
