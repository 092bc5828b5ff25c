import { describe, expect, it } from 'vitest';
import { scalar } from '../../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../../engine/estate/origin.ts';
import { azapiBody } from '../../../../engine/languages/terraform/azapi-body.ts';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import { instance, read } from './instances.ts';

describe('a body of JSON text', () => {
  const text = `resource "azapi_resource" "a" {
  body = <<-JSON
    {
      "properties": { "minimumTlsVersion": "TLS1_0" }
    }
  JSON
}
`;
  const [block] = parseTerraform(text).body.items;

  it('in a heredoc has each value where it stands', () => {
    const start = text.indexOf('<<-');
    const body = scalar(
      '{\n  "properties": { "minimumTlsVersion": "TLS1_0" }\n}\n',
      sourceOrigin('file:///main.tf', start, text.length - 2),
    );
    const made = { ...instance('azapi_resource', { body }), node: block };
    const { origin } = read(azapiBody(made), 'properties.minimumTlsVersion');
    if (origin.kind !== 'source') throw new Error('no place');
    expect(text.slice(origin.start, origin.end)).toBe('"TLS1_0"');
  });

  it('from elsewhere stands where the whole text does', () => {
    const body = scalar('{"properties": {"a": 1}}', sourceOrigin('file:///main.tf', 3, 9));
    const made = { ...instance('azapi_resource', { body }), node: block };
    expect(read(azapiBody(made), 'properties.a').origin).toMatchObject({ start: 3, end: 9 });
  });

  it('that is no JSON is unknown', () => {
    expect(azapiBody(instance('azapi_resource', { body: '{"a": ' })).kind).toBe('unknown');
  });
});
