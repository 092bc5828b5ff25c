import { describe, expect, it } from 'vitest';
import { lint } from './workspace.ts';

const head = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';
const compiled = `{ ${head}, "metadata": { "_generator": { "name": "bicep", "version": "0.36.1" } }, "resources": [`;

describe('a compiled template', () => {
  it('beside its source is neither judged nor read to its end', () => {
    const { notices, findings, files } = lint({ 'main.bicep': 'param name string', 'main.json': compiled });
    expect(notices).toEqual([]);
    expect(findings).toEqual([]);
    expect(files).toBe(2);
  });

  it('without its source is read to its end', () => {
    const { notices } = lint({ 'main.json': compiled });
    expect(notices.some(({ place }) => place.start >= compiled.length - 1)).toBe(true);
  });

  it('written by hand is read to its end, whatever stands beside it', () => {
    const written = `{ ${head}, "resources": [`;
    const { notices } = lint({ 'main.bicep': 'param name string', 'main.json': written });
    expect(notices.some(({ place }) => place.start >= written.length - 1)).toBe(true);
  });
});
