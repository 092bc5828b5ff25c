import { describe, expect, it } from 'vitest';
import { handInBicep } from '../../../../engine/languages/bicep/edit-parameters.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';

const uri = 'file:///w/main.bicep';

/** The text after the value `written` is handed in, or why it cannot be. */
function handedIn(text: string, written = "'Sommer2024!'"): string {
  const start = text.indexOf(written);
  const result = handInBicep({ uri, start, end: start + written.length }, () => text);
  return result.kind === 'refused'
    ? result.reason
    : result.files.reduce((current, { edits }) => applyEdits(current, edits), text);
}

const server = (password: string): string =>
  `resource server 'Microsoft.Sql/servers@2023-08-01' = {\n  name: 'sql'\n  properties: {\n    administratorLoginPassword: ${password}\n  }\n}\n`;

describe('handing in a secret of a Bicep file', () => {
  it('takes the default from a parameter and makes it secure', () => {
    const text = `@description('The password.')\nparam password string = 'Sommer2024!' // old\n\n${server('password')}`;
    expect(handedIn(text)).toBe(
      `@secure()\n@description('The password.')\nparam password string // old\n\n${server('password')}`,
    );
  });

  it('makes a parameter of a variable', () => {
    const text = `var password = 'Sommer2024!'\n${server('password')}`;
    expect(handedIn(text)).toBe(`@secure()\nparam password string\n${server('password')}`);
  });

  it('leaves a variable that other files import', () => {
    expect(handedIn(`@export()\nvar password = 'Sommer2024!'\n`)).toMatch(/^Other files take this variable/);
  });

  it('declares a parameter behind the last one, a comment on its line included', () => {
    const text = `param location string // where\n\n${server("'Sommer2024!'")}`;
    expect(handedIn(text)).toBe(
      `param location string // where\n@secure()\nparam administratorLoginPassword string\n\n${server('administratorLoginPassword')}`,
    );
  });

  it('keeps a blank line between parameters, and the line breaks of the file', () => {
    const text = `param a string\n\nparam b string\n\n${server("'Sommer2024!'")}`.replaceAll('\n', '\r\n');
    expect(handedIn(text)).toBe(
      `param a string\n\nparam b string\n\n@secure()\nparam administratorLoginPassword string\n\n${server('administratorLoginPassword')}`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
  });

  it('puts the first parameter below the scope, or below the comment that the file begins with', () => {
    const declared = '@secure()\nparam administratorLoginPassword string\n\n';
    const good = server('administratorLoginPassword');
    expect(handedIn(`targetScope = 'resourceGroup'\n\n${server("'Sommer2024!'")}`)).toBe(
      `targetScope = 'resourceGroup'\n\n${declared}${good}`,
    );
    expect(handedIn(`// Ours.\n\n${server("'Sommer2024!'")}`)).toBe(`// Ours.\n\n${declared}${good}`);
    expect(handedIn(`// The server.\n${server("'Sommer2024!'")}`)).toBe(`${declared}// The server.\n${good}`);
  });

  it('leaves an encoding around it', () => {
    const text = server("base64('Sommer2024!')");
    expect(handedIn(text, "base64('Sommer2024!')")).toBe(
      `@secure()\nparam administratorLoginPassword string\n\n${server('base64(administratorLoginPassword)')}`,
    );
  });

  it('names it after what the value is called', () => {
    const text = "var settings = [\n  {\n    name: 'DB_PASSWORD'\n    value: 'Sommer2024!'\n  }\n]\n";
    expect(handedIn(text)).toBe(`@secure()\nparam dbPassword string\n\n${text.replace("'Sommer2024!'", 'dbPassword')}`);
  });

  it('gives a second secret of the same key a name of its own, whatever becomes of the first', () => {
    const text = server("'Winter2024!'") + server("'Sommer2024!'").replace('server ', 'other ');
    expect(handedIn(text)).toContain('administratorLoginPassword: administratorLoginPassword2');
  });

  it('is refused where something else stands there now', () => {
    expect(handedIn(server("'Sommer2024!'"), "'sql'\n")).toBe('The value is not where it was.');
  });
});
