// A report with everything in it that formats have to escape or could get wrong.
import type { Finding } from '../../engine/findings/finding.ts';
import type { Report } from '../../report/report.ts';
import { createSources, type Sources } from '../../report/source.ts';

const folder = 'file:///repo/';
const template = `${folder}a/gr%C3%B6%C3%9Fe%201.bicep`;
const outside = 'file:///elsewhere/module.bicep';

const texts: Readonly<Record<string, string>> = {
  [template]: "param tls string = 'TLS1_0'\r\nresource x 'A' = {\r\n  p: tls\r\n}\r\n",
  [outside]: 'tls: a\n',
};

export const sources: Sources = createSources(folder, (uri) => texts[uri]);

export const finding: Finding = {
  rule: 'storage/min-tls',
  aliases: ['CKV_AZURE_44'],
  severity: 'critical',
  risk: {
    score: 100,
    exposure: 'internet',
    protects: 'data',
    reason: 'critical (10) × reached from the Internet (5) × holds data (2)',
  },
  verdict: 'fail',
  layer: 'network-controls',
  owner: 'customer',
  place: { uri: template, start: 19, end: 27 },
  resource: { address: 'x', type: 'A.B/c', name: 'x' },
  message: `100% "TLS" <1.0> & 'so' on, a|b; c]:\nmore.`,
  fixable: true,
  instances: [],
  sets: [],
  related: [
    { uri: outside, start: 0, end: 3, message: 'used as parameter here', step: true },
    { uri: template, start: 6, end: 9, message: 'passed here', step: true },
    { uri: template, start: 29, end: 37, message: 'it concerns x' },
  ],
  fingerprint: '00000000000000aa',
};

const low: Finding = {
  ...finding,
  rule: 'storage/tags',
  severity: 'low',
  risk: {
    score: 2,
    exposure: 'private',
    protects: 'other',
    reason: 'low (1) × not reached from outside (2) × other (1)',
  },
  verdict: 'may-fail',
  // Over two lines.
  place: { uri: template, start: 38, end: 60 },
  related: [],
  instances: ['x[0]', 'x[1]'],
};

export const report: Report = {
  version: '1.2.3',
  findings: [low, finding],
  order: 'place',
  notices: [
    { code: 'demarc/incomplete', level: 'error', place: { uri: template, start: 0, end: 0 }, message: 'Broken.' },
    { code: 'demarc/module', level: 'information', place: { uri: template, start: 0, end: 5 }, message: 'Not here.' },
  ],
  suppressed: [{ finding: { ...finding, rule: 'storage/secure-transfer' }, reason: 'meters speak HTTP' }],
  undetermined: [
    {
      rule: 'storage/min-tls',
      severity: 'critical',
      resource: finding.resource,
      path: 'properties.tls',
      reason: 'parameter',
      detail: "parameter 'tls' has no value",
      place: { uri: template, start: 6, end: 9 },
      declaration: { uri: template, start: 29, end: 37 },
    },
  ],
  summary: {
    files: 1,
    excluded: 0,
    resources: 2,
    suppressed: 1,
    known: 0,
    omitted: 3,
    fixable: 1,
    possible: 1,
    undetermined: { parameter: 1 },
  },
};

export const empty: Report = {
  version: '1.2.3',
  findings: [],
  order: 'place',
  notices: [],
  suppressed: [],
  undetermined: [],
  summary: {
    files: 1,
    excluded: 0,
    resources: 2,
    suppressed: 0,
    known: 0,
    omitted: 0,
    fixable: 0,
    possible: 0,
    undetermined: {},
  },
};
