// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import { describe, expect, it } from 'vitest';
import type { NewValue, PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import { editBicepProperties } from '../../../../engine/languages/bicep/edits.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';
import { estateOf, folder, resourceAt } from './estate-of.ts';

const uri = `${folder}main.bicep`;

const own = (part: 'id' | 'location'): NewValue => ({ kind: 'own', part });
const object = (members: Record<string, NewValue>): NewValue => ({
  kind: 'object',
  members: new Map(Object.entries(members)),
});

const endpoint: PropertyEdit = {
  kind: 'add-referring',
  type: 'A.B/privateEndpoints',
  apiVersion: '2',
  name: 'pe-{name}',
  onto: false,
  body: object({ location: own('location'), properties: object({ to: own('id') }) }),
};
const lock: PropertyEdit = {
  kind: 'add-referring',
  type: 'A.B/locks',
  apiVersion: '2',
  name: "it's",
  onto: true,
  body: { kind: 'data', data: { properties: { level: 'CanNotDelete' } } },
};

function edited(text: string, edit: PropertyEdit, instance = ''): string {
  const result = editBicepProperties(
    resourceAt(estateOf(text), 'r', instance),
    [edit],
    (asked) => (asked === uri ? text : undefined),
    (ask) => ask.example,
  );
  if (result.kind === 'refused') return `refused: ${result.reason}`;
  const after = applyEdits(text, result.files[0]?.edits ?? []);
  expect(parseBicep(after, 'bicep').problems).toEqual([]);
  return after;
}

describe('adding a resource that refers to this one', () => {
  it('takes over where it is, and refers by name', () => {
    const text = "resource r 'A.B/c@1' = {\n  name: 'x'\n  location: resourceGroup().location\n}\n";
    expect(edited(text, endpoint)).toBe(`${text}
resource rPrivateEndpoint 'A.B/privateEndpoints@2' = {
  name: 'pe-\${r.name}'
  location: resourceGroup().location
  properties: {
    to: r.id
  }
}
`);
  });

  it('is put on it where it is an extension', () => {
    const text = "resource r 'A.B/c@1' = {\n  name: 'x'\n}\n";
    expect(edited(text, lock)).toBe(`${text}
resource rLock 'A.B/locks@2' = {
  scope: r
  name: 'it\\'s'
  properties: {
    level: 'CanNotDelete'
  }
}
`);
  });

  it('goes round as often as the other one', () => {
    const text = "resource r 'A.B/c@1' = [for n in ['a', 'b']: {\n  name: n\n  location: 'x'\n}]\n";
    expect(edited(text, endpoint, '[0]')).toBe(`${text}
resource rPrivateEndpoint 'A.B/privateEndpoints@2' = [for (n, index) in ['a', 'b']: {
  name: 'pe-\${r[index].name}'
  location: 'x'
  properties: {
    to: r[index].id
  }
}]
`);
  });

  it('is refused where it would have to be somewhere that is not said', () => {
    expect(edited("resource r 'A.B/c@1' = {\n  name: 'x'\n}\n", endpoint)).toBe(
      'refused: The resource does not say where it is.',
    );
  });
});
