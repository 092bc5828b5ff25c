import { Range, type TextDocument, workspace } from 'vscode';

interface Filter {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}

const languages = [
  'bicep',
  'bicep-params',
  'terraform',
  'terraform-vars',
  'opentofu',
  'opentofu-vars',
  'arm-template',
  'json',
  'jsonc',
];
// Without another extension for the language its files are `plaintext`, so they are known by name too.
const pattern = '**/*.{bicep,bicepparam,tf,tfvars,tofu,tf.json}';
const folderSchemes = ['file', 'vscode-vfs', 'vscode-test-web'];

/**
 * Every document that may be ours. Schemes are listed one by one, so that copies of a file in a diff (`git`), in a module
 * cache (`bicep-extsrc`) and the like stay out.
 */
export const documentSelector: readonly Filter[] = [
  ...[...folderSchemes, 'untitled'].flatMap((scheme) => languages.map((language) => ({ scheme, language }))),
  ...folderSchemes.map((scheme) => ({ scheme, pattern })),
  // A name that was given to a document before it is saved counts like that of a file.
  { scheme: 'untitled', pattern },
  ...folderSchemes.map((scheme) => ({ scheme, pattern: '**/demarc.yaml' })),
  // Rules of a user's, so that they count while they are written.
  ...folderSchemes.map((scheme) => ({ scheme, pattern: '**/demarc-rules/**/*.{yaml,yml}' })),
];

// ARM Tools looks for `$schema` in the first 500 lines as well. One-line JSON can be of any length.
const headLines = 500;
const headUnits = 100_000;
// Only a sieve: the server reads what passes, and decides. A template without `$schema` still has its `contentVersion`.
const armMarks = /"\$schema"\s*:\s*"[^"]*deployment(?:template|parameters)\.json|"contentVersion"\s*:/i;

/** True for a document that the selector takes and that the server can read: of JSON, only what may be ARM or Terraform. */
export function isOurs(document: TextDocument): boolean {
  if (document.uri.scheme === 'vscode-vfs' && !isInFolder(document)) return false;
  if (document.languageId !== 'json' && document.languageId !== 'jsonc') return true;
  return document.uri.path.endsWith('.tf.json') || mayBeArm(document);
}

// A repository opened by address alone, say from a link, is not part of what the user works on.
function isInFolder(document: TextDocument): boolean {
  return (workspace.workspaceFolders ?? []).some(
    (folder) => folder.uri.scheme === document.uri.scheme && folder.uri.authority === document.uri.authority,
  );
}

function mayBeArm(document: TextDocument): boolean {
  return armMarks.test(document.getText(new Range(0, 0, headLines, 0)).slice(0, headUnits));
}
