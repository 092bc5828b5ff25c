/** What arguments of commands can be. */
export const baselineActions = ['create', 'update', 'prune'] as const;

export type BaselineAction = (typeof baselineActions)[number];

/** The file of a baseline, unless it is said. */
export const defaultBaseline = 'demarc-baseline.json';

/** What `demarc ledger` does. */
export const ledgerActions = ['update', 'list'] as const;

export type LedgerAction = (typeof ledgerActions)[number];

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shells)[number];

/** Linters whose configuration `init --from` understands. */
export const peers = ['checkov', 'trivy', 'tfsec', 'kics', 'bicep-linter'] as const;

export type Peer = (typeof peers)[number];

export const matrixFormats = ['table', 'markdown', 'json'] as const;

export type MatrixFormat = (typeof matrixFormats)[number];

export const matrixRows = ['resource', 'service'] as const;

export type MatrixRows = (typeof matrixRows)[number];
