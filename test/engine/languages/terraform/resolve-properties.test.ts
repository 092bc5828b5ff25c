// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Estate } from '../../../../engine/estate/estate.ts';
import { holdsSecret, toData } from '../../../../engine/estate/plain.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import { show } from '../bicep/estate-of.ts';
import { estateOf, type Files, folder } from './estate-of.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const locals = `${read('expression-locals.tf')}
variable "unset" {}
variable "typed" {
  type      = object({ a = optional(string, "x"), b = optional(list(number), []) })
  default   = {}
  sensitive = true
}
`;
const known = read('expression-cases.jsonl')
  .trim()
  .split('\n')
  .map((line): string => JSON.parse(line)[0]);
const names = [
  'var.unset',
  'var.typed',
  'var.typed.b',
  'each.key',
  'each.value',
  'count.index',
  'local.later',
  'module.m.y',
  'module.m[0].y',
  'data.azurerm_key_vault.d.id',
  'azurerm_storage_account.a.id',
  'azurerm_storage_account.a[*].name',
  'azurerm_storage_account.a["k"].primary_access_key',
  'path.module',
  'terraform.workspace',
  'file("m/main.tf")',
  'templatefile("t.tftpl", { x = var.unset })',
];

const leaf = fc.oneof(fc.constantFrom(...known), fc.constantFrom(...names));
const expression = fc.oneof(
  leaf,
  fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
  fc.tuple(leaf, leaf).map(([a, b]) => `[for k, v in ${a} : { (k) = ${b}, v = v }]`),
  fc.tuple(leaf, leaf).map(([a, b]) => `merge(${a}, { a = ${b} })`),
  fc.tuple(leaf, leaf).map(([a, b]) => `try(${a}, ${b})`),
  leaf.map((a) => `"x\${${a}}%{ for v in ${a} }\${v}%{ endfor }"`),
  leaf.map((a) => `(${a})[*]`),
);
const program = fc
  .record({ later: expression, loop: expression, name: expression, blocks: expression, argument: expression })
  .chain((parts) =>
    fc.constantFrom('count', 'for_each').map(
      (kind) => `locals {
  later = ${parts.later}
}
data "azurerm_key_vault" "d" {
  name = ${parts.name}
}
resource "azurerm_storage_account" "a" {
  ${kind} = ${parts.loop}
  name = ${parts.name}
  https_traffic_only_enabled = ${parts.argument}
  dynamic "network_rules" {
    for_each = ${parts.blocks}
    content {
      default_action = network_rules.value
      ip_rules = network_rules.value.ips
    }
  }
}
resource "azapi_resource" "z" {
  type = "Microsoft.Storage/storageAccounts@2023-01-01"
  parent_id = ${parts.argument}
  body = ${parts.later}
}
module "m" {
  source = "./m"
  ${kind} = ${parts.blocks}
  x = ${parts.argument}
}
output "o" {
  value = ${parts.name}
}
`,
    ),
  );

function filesOf(main: string): Files {
  return {
    'locals.tf': locals,
    'main.tf': main,
    't.tftpl': '${x}!',
    'm/main.tf': 'variable "x" {}\noutput "y" {\n  value = [var.x, path.module]\n}\n',
  };
}

/** Looks at all that an estate says, and gives it as text. */
function look(estate: Estate, files: Files): string {
  const seen: string[] = [];
  const see = (value: Value): void => {
    seen.push(show(value));
    toData(value);
    holdsSecret(value);
    checkPlace(value, files);
  };
  for (const resource of estate.resources) {
    seen.push(`${resource.address}${resource.instance} ${resource.type}`);
    for (const value of [resource.exists, resource.body, ...resource.names]) see(value);
  }
  for (const { name, value } of estate.outputs) {
    seen.push(name);
    see(value);
  }
  return [...seen, ...estate.problems.map(({ code, message }) => `${code} ${message}`)].join('\n');
}

/** A value that stands in a text has its place there. */
function checkPlace({ origin }: Value, files: Files): void {
  if (origin.kind === 'address') return;
  const text = files[origin.uri.slice(folder.length)];
  expect([origin.uri, text === undefined]).toEqual([origin.uri, false]);
  expect(origin.start).toBeLessThanOrEqual(origin.end);
  expect(origin.end).toBeLessThanOrEqual(text?.length ?? 0);
}

test('any program resolves, to the same each time, with every value in its place', () => {
  fc.assert(
    fc.property(program, (main) => {
      const files = filesOf(main);
      expect(look(estateOf(files), files)).toBe(look(estateOf(files), files));
    }),
    { numRuns: 60 },
  );
});

test('a damaged program resolves too', () => {
  const damaged = fc
    .tuple(program, fc.nat(), fc.nat(60), fc.constantFrom('', '}', '"', '[', '${', '=', '\n', 'x'))
    .map(([text, at, length, put]) => {
      const start = at % text.length;
      return text.slice(0, start) + put + text.slice(start + length);
    });
  fc.assert(
    fc.property(damaged, (main) => {
      const files = filesOf(main);
      look(estateOf(files), files);
    }),
    { numRuns: 60 },
  );
});
