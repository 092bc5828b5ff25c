import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../engine/estate/resource.ts';
import { check, resource, rule, unset, type Written } from './estates.ts';

const type = 'Microsoft.Insights/activityLogAlerts';
const asking = rule({
  resource: [type],
  check: { name: 'monitor/activity-alert', options: { operation: 'A.B/c/delete' } },
  message: 'Nobody is told.',
});

const alert = (allOf: Written, enabled: Written = true, parts = {}): Resource =>
  resource(type, { properties: { enabled, condition: { allOf } } }, parts);

const about = (equals: Written): Written => [
  { field: 'category', equals: 'Administrative' },
  { field: 'operationName', equals },
];

function verdictOf(...alerts: readonly Resource[]): string {
  const { findings, undetermined } = check(alerts, [asking]);
  expect(findings.length).toBeLessThan(2);
  return findings[0]?.verdict ?? (undetermined.length > 0 ? 'undetermined' : 'pass');
}

describe('who is told', () => {
  it('nobody, where no alert is about it; the first says so', () => {
    expect(verdictOf(alert(about('A.B/c/write')), alert(about('A.B/d/delete')))).toBe('fail');
    expect(verdictOf(alert(about('A.B/c/delete'), false))).toBe('fail');
  });

  it('somebody, where one is', () => {
    expect(verdictOf(alert(about('A.B/c/write')), alert(about('a.b/c/delete')))).toBe('pass');
    expect(verdictOf(alert([{ equals: 'A.B/c/delete', containsAny: ['Administrative'] }]))).toBe('pass');
    expect(verdictOf(alert([{ field: 'operationName', containsAny: ['A.B/c/write', 'A.B/c/delete'] }]))).toBe('pass');
  });

  it('perhaps somebody, where that is not known', () => {
    expect(verdictOf(alert(about(unset('operation'))))).toBe('undetermined');
    expect(verdictOf(alert(unset('conditions')))).toBe('undetermined');
  });
});
