import { describe, expect, it } from 'vitest';
import { generatorOf, templateKindOf } from '../../../../engine/languages/arm/template-kind.ts';

const schemas = 'https://schema.management.azure.com/schemas';

describe('templateKindOf', () => {
  it.each([
    [`${schemas}/2019-04-01/deploymentTemplate.json#`, { kind: 'template', scope: 'resourceGroup' }],
    [
      'http://schema.management.azure.com/schemas/2015-01-01/DeploymentTemplate.json',
      { kind: 'template', scope: 'resourceGroup' },
    ],
    [`${schemas}/2018-05-01/subscriptionDeploymentTemplate.json#`, { kind: 'template', scope: 'subscription' }],
    [`${schemas}/2019-08-01/managementGroupDeploymentTemplate.json#`, { kind: 'template', scope: 'managementGroup' }],
    [`${schemas}/2019-08-01/tenantDeploymentTemplate.json#`, { kind: 'template', scope: 'tenant' }],
    [`${schemas}/2019-04-01/deploymentParameters.json#`, { kind: 'parameters' }],
    [`${schemas}/2018-05-01/subscriptionDeploymentParameters.json#`, { kind: 'parameters' }],
    [`${schemas}/0.1.2-preview/CreateUIDefinition.MultiVm.json#`, { kind: 'other' }],
    ['https://json-schema.org/draft-07/schema#', { kind: 'other' }],
  ])('%s', (schema, kind) => {
    const text = JSON.stringify({ $schema: schema, contentVersion: '1.0.0.0', resources: [] }, null, 2);
    expect(templateKindOf(text)).toEqual(kind);
    expect(templateKindOf(`\ufeff// a comment\n${text}`)).toEqual(kind);
  });

  it('takes the $schema of the root only', () => {
    const inner = {
      $schema: `${schemas}/2019-04-01/deploymentTemplate.json#`,
      contentVersion: '1.0.0.0',
      resources: [],
    };
    expect(templateKindOf(JSON.stringify({ properties: { policyRule: { deployment: { template: inner } } } }))).toEqual(
      { kind: 'other' },
    );
    expect(templateKindOf(JSON.stringify([inner]))).toEqual({ kind: 'other' });
    const after = JSON.stringify({ x: { ...inner, $schema: 'x' }, '}': '{ "$schema"', ...inner });
    expect(templateKindOf(after)).toEqual({ kind: 'template', scope: 'resourceGroup' });
  });

  it('finds a $schema that stands far from the head', () => {
    const text = JSON.stringify({
      metadata: 'x'.repeat(10_000),
      $schema: `${schemas}/2019-08-01/tenantDeploymentTemplate.json#`,
    });
    expect(templateKindOf(text)).toEqual({ kind: 'template', scope: 'tenant' });
  });

  it('goes by the content where there is no $schema', () => {
    expect(templateKindOf('{ "contentVersion": "1.0.0.0", "resources": {} }')).toEqual({
      kind: 'template',
      scope: 'resourceGroup',
    });
    expect(templateKindOf('{ "resources": [] }')).toEqual({ kind: 'other' });
    expect(templateKindOf('{ "contentVersion": "1.0.0.0", "resources": "x" }')).toEqual({ kind: 'other' });
    expect(
      templateKindOf(
        '{ "contentVersion": "1.0.0.0", "parameters": { "a": { "value": 1 }, "b": { "reference": {} } } }',
      ),
    ).toEqual({ kind: 'parameters' });
    expect(templateKindOf('{ "contentVersion": "1.0.0.0", "parameters": { "a": { "type": "string" } } }')).toEqual({
      kind: 'other',
    });
  });

  it.each([
    '',
    '   ',
    '[]',
    '"$schema"',
    '{',
    '{ "$schema"',
    '{ "$schema": ',
    '// only a comment',
    'resources: []',
    '{}',
  ])('%j is nothing of ours', (text) => {
    expect(templateKindOf(text)).toEqual({ kind: 'other' });
  });

  it('recognises a template that is being typed', () => {
    expect(
      templateKindOf(`{\n  "$schema": "${schemas}/2019-04-01/deploymentTemplate.json#",\n  "resources": [ {`),
    ).toEqual({ kind: 'template', scope: 'resourceGroup' });
  });
});

describe('generatorOf', () => {
  const generator = '"_generator": { "name": "bicep", "version": "0.36.1.42791", "templateHash": "1" }';

  it('reads the head of a compiled template, whatever comes after it', () => {
    expect(
      generatorOf(`{ "$schema": "x", "metadata": { ${generator}, "name": "Vaults" }, "resources": [ {{{ not JSON`),
    ).toBe('bicep');
  });

  it.each([
    ['nothing', '{ "$schema": "x", "resources": [] }', undefined],
    [
      'a template within the template',
      `{ "resources": [{ "template": { "metadata": { ${generator} } } }] }`,
      undefined,
    ],
    ['another place', `{ "variables": { ${generator} } }`, undefined],
    ['no name', '{ "metadata": { "_generator": {} } }', undefined],
    ['metadata at the end', `{ "variables": "${'x'.repeat(10_000)}", "metadata": { ${generator} } }`, 'bicep'],
    [
      'a template within the template, and its own',
      `{ "resources": [{ "metadata": { "_generator": { "name": "other" } } }], "metadata": { ${generator} } }`,
      'bicep',
    ],
  ])("finds the root's own: %s", (_, text, expected) => {
    expect(generatorOf(text)).toBe(expected);
  });
});
