// What client and server say to each other beyond the language server protocol. Types only: neither side imports the other.
import type { Location, WorkspaceEdit } from 'vscode-languageserver';
import type { ResponsibilityMap } from '../engine/responsibility/matrix.ts';

export type { Location } from 'vscode-languageserver';
export type { JudgedFinding, JudgedResource, LayerCounts, ResponsibilityMap } from '../engine/responsibility/matrix.ts';

/** Sent with `initialize`. Every option may be left out, so that any editor can start the server without them. */
export interface InitializationOptions {
  /** False while the workspace is in Restricted Mode; the client restarts the server when that changes. True when left out. */
  readonly trusted?: boolean;
  /** A command of the client that shows the page of a rule, whose id is its argument. Links lead to it, then. */
  readonly openRuleCommand?: string;
  /** A command of the client that asks for a reason and sends `demarc/suppress`; its argument is a `SuppressTarget`. */
  readonly suppressCommand?: string;
  /**
   * A command of the client that asks before a fix which may break something, and then sends `demarc/fix`; its argument is
   * a `FixTarget`. Without it the edits of such fixes are annotated as wanting confirmation.
   */
  readonly fixCommand?: string;
  /** A command of the client that shows what there is to say of a resource; its argument is a `ResourceTarget`. */
  readonly resourceCommand?: string;
  /** A command of the client that opens its completions anew, for a word that asks for another one. */
  readonly suggestCommand?: string;
  /** Which resources get a code lens: `findings` those with something to mend, the default. */
  readonly codeLens?: 'all' | 'findings' | 'off';
  /** False keeps a client that could ask about the whole workspace from asking. True when left out. */
  readonly workspaceDiagnostics?: boolean;
}

/** A finding that is to be mended: carried by a code action, and the argument of `fixCommand`. */
export interface FixTarget {
  /** As the client spells it. */
  readonly uri: string;
  /** The document's version that the action was offered for. */
  readonly version: number;
  readonly fingerprint: string;
  readonly rule: string;
  /** Where the value was written, where the resource uses it, or every finding of the rule in the file. */
  readonly place: 'source' | 'use' | 'file';
  /** What the fix does. */
  readonly title: string;
  /** What may break, in sentences; undefined when nothing does. */
  readonly warning?: string;
  /** Not asked about when it is true. */
  readonly confirmed?: boolean;
}

/** A resource in a document: the argument of `resourceCommand`. */
export interface ResourceTarget {
  readonly uri: string;
  /** 0-based, as the protocol counts. */
  readonly line: number;
  readonly character: number;
}

/** How a document is judged. */
export interface FileStatus {
  /** Rules that are on for it. */
  readonly rules: number;
  /** Values in it that are not known before deployment and that a rule asked for. */
  readonly undetermined: number;
  /** Names of the parameter files that what it deploys is judged with. */
  readonly parameterFiles: readonly string[];
}

/** A finding that is to be suppressed: the argument of the command `demarc.suppressWithReason`, carried by a code action. */
export interface SuppressTarget {
  readonly uri: string;
  /** The document's version that `line` was counted in. */
  readonly version: number;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly rule: string;
  /** `here` when left out. */
  readonly reach?: 'here' | 'file';
  /** Not asked for when it is given. */
  readonly reason?: string;
}

/** A suppression with its reason: trimmed, on one line and not empty. */
export interface SuppressParams extends SuppressTarget {
  readonly reason: string;
}

export interface ResponsibilityParams {
  readonly scope: 'open' | 'workspace';
}

/** What the page of the matrix says to the client. */
export type MatrixMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly at: Location }
  | { readonly kind: 'scope'; readonly scope: ResponsibilityParams['scope'] };

/** The requests that the client may send, by method: what goes in, what comes out. */
export interface Requests {
  /** The edit that writes the suppression, or null when that is not possible (the document changed, the rule must not be suppressed). */
  readonly 'demarc/suppress': { readonly params: SuppressParams; readonly result: WorkspaceEdit | null };
  /** The edit that mends the finding in the text as it is now, or null when it is gone. */
  readonly 'demarc/fix': { readonly params: FixTarget; readonly result: WorkspaceEdit | null };
  /** How a document is judged, or null when it is not open. */
  readonly 'demarc/status': { readonly params: { readonly uri: string }; readonly result: FileStatus | null };
  /**
   * Whose job what is, and how it stands, of what the open documents or all files declare. Whoever has asked is told by
   * `demarc/responsibilityChanged` when the answer may be another one.
   */
  readonly 'demarc/responsibility': {
    readonly params: ResponsibilityParams;
    readonly result: ResponsibilityMap<Location>;
  };
  /** A rule's explanation as Markdown, or null for a rule that does not exist. */
  readonly 'demarc/explain': { readonly params: { readonly rule: string }; readonly result: string | null };
}
