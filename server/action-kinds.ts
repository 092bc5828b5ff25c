import { CodeActionKind } from 'vscode-languageserver';

/** Mends or suppresses one finding. */
export const quickFix = `${CodeActionKind.QuickFix}.demarc`;

/** Mends all that can be mended without anybody noticing; editors run it on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.demarc`;
