import { expect } from 'vitest';
import { absent } from '../../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../../engine/estate/origin.ts';
import { parsePath } from '../../../../engine/estate/path.ts';
import { type EditResult, isNewResource, type PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import type { Resource } from '../../../../engine/estate/resource.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { editArmProperties } from '../../../../engine/languages/arm/edits.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';
import { parseJson } from '../../../../engine/text/json.ts';
import { findMemberIgnoringCase, type JsonNode, type JsonObject } from '../../../../engine/text/json-syntax.ts';

export const uri = 'file:///w/main.json';

export function set(path: string, data: Data): PropertyEdit {
  return { kind: 'set', path: parsePath(path), value: { kind: 'data', data } };
}

export function remove(path: string): PropertyEdit {
  return { kind: 'remove', path: parsePath(path) };
}

export function child(name: string, body: Data, type = 'A.B/c/d'): PropertyEdit {
  return { kind: 'add-child', type, apiVersion: '2', name, body: { kind: 'data', data: body } };
}

/** A template of one resource, whose members come after its name. */
export function template(members: string): string {
  return `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "A.B/c",
      "apiVersion": "1",
      "name": "x"${members}
    }
  ]
}
`;
}

/** A template of one resource with these properties. */
export function withProperties(properties: string): string {
  return template(`,\n      "properties": ${properties}`);
}

interface Declared {
  readonly declaration: JsonObject;
  readonly template: JsonObject;
  readonly within: readonly JsonObject[];
}

function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? findMemberIgnoringCase(node, name)?.value : undefined;
}

function nameOf(declaration: JsonObject): string | undefined {
  const name = memberOf(declaration, 'name');
  return name?.kind === 'string' ? name.value : undefined;
}

/** Every resource of a template, nested ones and those of nested templates included. */
function declaredIn(template: JsonNode | undefined): readonly Declared[] {
  if (template?.kind !== 'object') return [];
  const below = (list: JsonNode | undefined, within: readonly JsonObject[]): readonly Declared[] => {
    const nodes =
      list?.kind === 'array' ? list.items : list?.kind === 'object' ? list.members.map((each) => each.value) : [];
    return nodes.flatMap((node) =>
      node?.kind === 'object'
        ? [
            { declaration: node, template, within },
            ...below(memberOf(node, 'resources'), [...within, node]),
            ...declaredIn(memberOf(memberOf(node, 'properties'), 'template')),
          ]
        : [],
    );
  };
  return below(memberOf(template, 'resources'), []);
}

/** The resource whose name is written so. */
export function resourceIn(text: string, name: string, existing = false): Resource {
  const document = parseJson(text);
  const found = declaredIn(document.root).find(({ declaration }) => nameOf(declaration) === name);
  if (found === undefined) throw new Error(`There is no resource '${name}'.`);
  const place = { uri, start: found.declaration.start, end: found.declaration.end };
  const nothing = absent(sourceOrigin(uri, place.start, place.end));
  return {
    language: 'arm',
    address: name,
    type: 'A.B/c',
    apiVersion: '1',
    names: [],
    exists: nothing,
    existing,
    body: nothing,
    parent: undefined,
    scope: undefined,
    header: place,
    declaration: place,
    instance: '',
    calls: [],
    source: { language: 'arm', uri, node: { ...found, source: { uri, text, document } } },
  };
}

export function run(text: string, edits: readonly PropertyEdit[], name = 'x', existing = false): EditResult {
  return editArmProperties(
    resourceIn(text, name, existing),
    edits,
    (asked) => (asked === uri ? text : undefined),
    (ask) => ask.example,
  );
}

/** The text after the edits, or why they were refused. */
export function edited(text: string, edits: readonly PropertyEdit[], name = 'x'): string {
  const result = run(text, edits, name);
  if (result.kind === 'refused') return `refused: ${result.reason}`;
  return applyEdits(text, result.files[0]?.edits ?? []);
}

/** False for edits that mean something else the second time: another child, the item that has moved up. */
function isSettled(edit: PropertyEdit): boolean {
  if (isNewResource(edit)) return false;
  return edit.kind === 'set' || edit.path.every((segment) => segment.kind === 'key');
}

/** Runs a case with both line breaks, and sees that what it makes can be read and is left alone a second time. */
export function expectBoth(before: string, edits: readonly PropertyEdit[], after: string, name = 'x'): void {
  expect(edited(before, edits, name)).toBe(after);
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  expect(edited(windows(before), edits, name)).toBe(windows(after));
  expect(parseJson(after).problems.length).toBeLessThanOrEqual(parseJson(before).problems.length);
  if (edits.every(isSettled)) expect(edited(after, edits, name)).toBe(after);
}
