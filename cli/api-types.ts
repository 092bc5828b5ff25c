/** What `lint` is asked for. Without anything: the files below the working folder, as their `demarc.yaml` says. */
export interface LintOptions {
  /** The folder that paths are relative to; the working folder when it is left out. */
  readonly cwd?: string | URL | undefined;
  /** Files, folders and patterns; the whole of `cwd` when empty. */
  readonly paths?: readonly string[] | undefined;
  /** Which rules are on, whatever `demarc.yaml` says. */
  readonly profile?: 'recommended' | 'strict' | 'all' | undefined;
  /** Only these rules, by id or a peer's id. */
  readonly rules?: readonly string[] | undefined;
  /** `may-fail`: also what is wrong only under some conditions. */
  readonly show?: readonly ('may-fail' | 'undetermined')[] | undefined;
  /** What is about the paths, judged with everything in their repository that calls them. */
  readonly about?: boolean | undefined;
  /** What has changed on disk since the branch left this commit. */
  readonly changedSince?: string | undefined;
  /** What the next commit changes, as git has it staged. */
  readonly staged?: boolean | undefined;
}

/** 1-based; columns are counted in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The end is one past the last unit. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
}

export interface ReportedFinding {
  /** A rule's id, or `demarc/…` for what Demarc has to say about its own work. */
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly verdict: 'fail' | 'may-fail';
  /** Null for what is not about Azure. */
  readonly layer: string | null;
  readonly owner: 'customer' | 'shared' | 'microsoft' | null;
  /** Relative to `cwd` where it lies below, with `/` between folders. */
  readonly file: string;
  readonly range: Range;
  readonly resource: Resource | null;
  readonly message: string;
  readonly fixable: boolean;
  readonly instances: readonly string[];
  readonly sets: readonly string[];
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  /** Stays the same when lines move. */
  readonly fingerprint?: string;
}

export interface UndeterminedRule {
  readonly rule: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly file: string;
  readonly range: Range;
  readonly resource: Resource;
  readonly property: string;
  readonly reason: string;
  readonly detail: string;
}

export interface LintReport {
  /** Of Demarc. */
  readonly version: string;
  readonly findings: readonly ReportedFinding[];
  /** What could not be known before deployment. */
  readonly undetermined: readonly UndeterminedRule[];
  readonly summary: {
    readonly files: number;
    readonly excluded: number;
    readonly resources: number;
    readonly suppressed: number;
    readonly fixable: number;
    readonly possible: number;
    readonly undetermined: Readonly<Record<string, number>>;
  };
  /** False when something could not be read: no findings then mean little. */
  readonly complete: boolean;
  /** False when a `demarc.yaml` or a rule of one's own is wrong; `findings` say where. */
  readonly configured: boolean;
}

/** Rejects for a path, rule or commit that does not exist. Reads files below the repositories of the paths, writes nothing. */
export type Lint = (options?: LintOptions) => Promise<LintReport>;
