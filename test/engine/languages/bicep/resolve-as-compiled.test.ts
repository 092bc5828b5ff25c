// Where the template that the compiler makes of a file once told more than the file did.
import { describe, expect, it } from 'vitest';
import { estateOf, outputOf, resourceAt, show } from './estate-of.ts';

const shown = (expression: string, before = ''): string =>
  show(outputOf(estateOf(`${before}\noutput o object = ${expression}`)));

describe('expressions', () => {
  it.each([
    ["'a' < 'b'", 'true'],
    ["sort(['b', 'a'], (x, y) => x < y)", "['a', 'b']"],
    ['7 / -2', '-3'],
    ['-7 % 3', '-1'],
    ["nameof(tags['x-y'])", "'x-y'"],
  ])('%s is %s', (expression, expected) => {
    expect(shown(expression, "var tags = { 'x-y': 1 }")).toBe(expected);
  });

  it('chooses among negative allowed values', () => {
    expect(shown('zone', '@allowed([-1, 1])\nparam zone int')).toBe('(-1 | 1)');
  });

  it('asks a resource by its id', () => {
    const before = "resource s 'Microsoft.Web/sites@2023-01-01' = { name: 'a' }";
    expect(shown("reference(s.id, '2023-01-01').state", before)).toBe('->s.properties.state');
    expect(shown("reference(s.id, '2023-01-01', 'Full').kind", before)).toBe('->s.kind');
  });

  it('is null where `.?` reads what is not deployed', () => {
    const files = (condition: string): Readonly<Record<string, string>> => ({
      'main.bicep': `param on bool\nmodule m 'm.bicep' = if (${condition}) { name: 'm' }\noutput o object = m.?outputs.?x`,
      'm.bicep': 'output x int = 1',
    });
    expect(show(outputOf(estateOf(files('false'))))).toBe('null');
    expect(show(outputOf(estateOf(files('on'))))).toBe('(1 | null)');
    expect(show(outputOf(estateOf(files('true'))))).toBe('1');
  });
});

describe('resources', () => {
  it('may have a type with its namespace', () => {
    expect(resourceAt(estateOf("resource r 'az:A.B/c@1' = { name: 'x' }"), 'r').type).toBe('A.B/c');
  });

  it('may be an extension in the old way', () => {
    const resource = resourceAt(
      estateOf("resource r 'A.B/c/providers/locks@1' = { name: 'x/Microsoft.Authorization/l' }"),
      'r',
    );
    expect(resource.type).toBe('Microsoft.Authorization/locks');
    expect(resource.names.map(show)).toEqual(["'l'"]);
    expect(resource.scope && show(resource.scope)).toBe("->A.B/c('x').id");
  });

  it('keep the scope that is a property of Microsoft Graph', () => {
    const text = "resource g 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = { scope: 'User.Read' }";
    const { body, scope } = resourceAt(estateOf(text), 'g');
    expect(show(body)).toBe("{ scope: 'User.Read' }");
    expect(scope).toBeUndefined();
  });
});
