import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { LintResult } from '../engine/analysis/analysis.ts';
import type { Finding, Severity } from '../engine/findings/finding.ts';
import type { Notice } from '../engine/findings/notice.ts';
import { ruleLink } from './explanations.ts';
import { createRanges } from './positions.ts';
import type { Session } from './session.ts';

const severityOf: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

const levelOf: Readonly<Record<Notice['level'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Warning,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** What a diagnostic carries to the code actions that are asked for about it. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

/** The diagnostics of one document. Findings that are only possible are left out. */
export function diagnosticsOf(
  session: Session,
  clientUri: string,
  { findings, notices }: LintResult = session.result(),
): readonly Diagnostic[] {
  const uri = session.documents.uriOf(clientUri);
  const rangeOf = createRanges((each) => session.textOf(each));
  const ofFinding = (finding: Finding): Diagnostic => ({
    range: rangeOf(finding.place),
    severity: severityOf[finding.severity],
    source: 'demarc',
    code: finding.rule,
    ...codeDescription(session, finding.rule),
    message: finding.message,
    relatedInformation: finding.related.map((related) => ({
      location: { uri: session.documents.clientUri(related.uri), range: rangeOf(related) },
      message: related.message,
    })),
    data: { fingerprint: finding.fingerprint } satisfies DiagnosticData,
  });
  const ofNotice = (notice: Notice): Diagnostic => ({
    range: rangeOf(notice.place),
    severity: levelOf[notice.level],
    source: 'demarc',
    code: notice.code,
    message: notice.message,
  });
  return [
    ...findings.filter(({ place, verdict }) => place.uri === uri && verdict === 'fail').map(ofFinding),
    ...notices.filter(({ place }) => place.uri === uri).map(ofNotice),
  ];
}

function codeDescription(session: Session, rule: string): Pick<Diagnostic, 'codeDescription'> {
  const href = ruleLink(session, rule);
  return href === undefined ? {} : { codeDescription: { href } };
}
