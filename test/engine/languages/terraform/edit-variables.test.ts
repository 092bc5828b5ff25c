import { describe, expect, it } from 'vitest';
import { handInTerraformValue } from '../../../../engine/languages/terraform/edits.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';

const uri = 'file:///w/main.tf';

/** The texts of all files after the value `written` of `main.tf` is handed in, or why it cannot be. */
function handedIn(text: string, written = '"Sommer2024!"', others: Readonly<Record<string, string>> = {}): unknown {
  const start = text.indexOf(written);
  const texts: Record<string, string> = { [uri]: text, ...others };
  const result = handInTerraformValue({ uri, start, end: start + written.length }, (each) => texts[each]);
  if (result.kind === 'refused') return result.reason;
  for (const { uri: each, edits } of result.files) texts[each] = applyEdits(texts[each] ?? '', edits);
  return Object.keys(others).length === 0 ? texts[uri] : texts;
}

const server = (password: string): string =>
  `resource "azurerm_mssql_server" "a" {\n  name                         = "a"\n  administrator_login_password = ${password}\n}\n`;
const declared = 'variable "administrator_login_password" {\n  type      = string\n  sensitive = true\n}\n';

describe('handing in a secret of a Terraform file', () => {
  it('takes the default from a variable and makes it sensitive', () => {
    expect(handedIn('variable "password" {\n  type    = string\n  default = "Sommer2024!"\n}\n')).toBe(
      'variable "password" {\n  type      = string\n  sensitive = true\n}\n',
    );
    expect(handedIn('variable "password" {\n  default   = "Sommer2024!"\n  sensitive = true\n}\n')).toBe(
      'variable "password" {\n  sensitive = true\n}\n',
    );
  });

  it('declares a variable at the end of the file', () => {
    expect(handedIn(server('"Sommer2024!"'))).toBe(`${server('var.administrator_login_password')}\n${declared}`);
  });

  it('declares a variable with the others, in the file that is for them', () => {
    const variables = 'file:///w/variables.tf';
    expect(handedIn(server('"Sommer2024!"'), '"Sommer2024!"', { [variables]: 'variable "a" {}\n' })).toEqual({
      [uri]: server('var.administrator_login_password'),
      [variables]: `variable "a" {}\n\n${declared}`,
    });
    expect(handedIn(server('"Sommer2024!"'), '"Sommer2024!"', { [variables]: '' })).toEqual({
      [uri]: server('var.administrator_login_password'),
      [variables]: declared,
    });
  });

  it('does not take a name that there is', () => {
    expect(handedIn(`${declared}\n${server('"Sommer2024!"')}`)).toContain('= var.administrator_login_password2\n');
  });

  it('finds it inside objects, lists and encodings, and names it after what it is called there', () => {
    const body = (value: string): string =>
      `resource "azapi_resource" "a" {\n  body = {\n    env = [{ name = "DB_PASSWORD", value = ${value} }]\n  }\n}\n`;
    expect(handedIn(body('base64encode("Sommer2024!")'), 'base64encode("Sommer2024!")')).toBe(
      `${body('base64encode(var.db_password)')}\nvariable "db_password" {\n  type      = string\n  sensitive = true\n}\n`,
    );
  });

  it('is refused inside a longer text', () => {
    expect(handedIn(server('"Server=a;Password=Sommer2024!"'), 'Sommer2024!')).toBe(
      'The value is not written here as a whole.',
    );
  });
});
