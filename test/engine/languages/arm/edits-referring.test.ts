import { describe, expect, it } from 'vitest';
import type { NewValue, PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import { edited, expectBoth, template } from './edited.ts';

const own = (part: 'id' | 'location'): NewValue => ({ kind: 'own', part });
const object = (members: Record<string, NewValue>): NewValue => ({
  kind: 'object',
  members: new Map(Object.entries(members)),
});

const endpoint: PropertyEdit = {
  kind: 'add-referring',
  type: 'A.B/endpoints',
  apiVersion: '2',
  name: 'pe-{name}',
  onto: false,
  body: object({ location: own('location'), properties: object({ to: own('id') }) }),
};
const lock: PropertyEdit = {
  kind: 'add-referring',
  type: 'A.B/locks',
  apiVersion: '2',
  name: 'keep',
  onto: true,
  body: { kind: 'data', data: { properties: { level: 'CanNotDelete' } } },
};

/** A template in which another resource follows the one that is declared. */
const followedBy = (members: string, written: string): string =>
  template(members).replace('\n    }\n  ]', `\n    },\n${written}\n  ]`);

describe('adding a resource that refers to this one', () => {
  it('takes over where it is, and refers by id', () => {
    const location = `,\n      "location": "[parameters('location')]"`;
    expectBoth(
      template(location),
      [endpoint],
      followedBy(
        location,
        `    {
      "type": "A.B/endpoints",
      "apiVersion": "2",
      "name": "pe-x",
      "dependsOn": [
        "[resourceId('A.B/c', 'x')]"
      ],
      "location": "[parameters('location')]",
      "properties": {
        "to": "[resourceId('A.B/c', 'x')]"
      }
    }`,
      ),
    );
  });

  it('is put on it where it is an extension', () => {
    expectBoth(
      template(''),
      [lock],
      followedBy(
        '',
        `    {
      "type": "A.B/locks",
      "apiVersion": "2",
      "name": "keep",
      "scope": "[resourceId('A.B/c', 'x')]",
      "dependsOn": [
        "[resourceId('A.B/c', 'x')]"
      ],
      "properties": {
        "level": "CanNotDelete"
      }
    }`,
      ),
    );
  });

  it('has the name of the other one in its own where that is computed', () => {
    const text = template(',\n      "location": "x"').replace('"name": "x"', `"name": "[parameters('n')]"`);
    expect(edited(text, [endpoint], "[parameters('n')]")).toContain(`"name": "[concat('pe-', parameters('n'))]"`);
  });

  it('is refused where it would have to be somewhere that is not said', () => {
    expect(edited(template(''), [endpoint])).toBe('refused: The resource does not say where it is.');
  });
});
