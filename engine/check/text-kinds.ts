import { type Declaration, declaration } from '../estate/declaration.ts';
import { type Member, scalar } from '../estate/make.ts';
import { sourceOrigin } from '../estate/origin.ts';
import type { Language } from '../estate/resource.ts';
import type { WrittenText } from '../text/written-text.ts';
import { credentialIn, formatIn, isPlaceholder, isSecretName, isSecretValue } from './credentials.ts';

/** What a text that is written out may look like; rules over texts ask for it as `kind`. */
export const textKinds = [
  'storage-key',
  'shared-access-key',
  'shared-access-signature',
  'app-secret',
  'private-key',
  'database-password',
  'secret',
  'predictable-password',
  'cloud-address',
] as const;

export type TextKind = (typeof textKinds)[number];

const kindOfFormat: Readonly<Record<string, TextKind>> = {
  'the key of a storage account': 'storage-key',
  'a shared access key': 'shared-access-key',
  'a shared access signature': 'shared-access-signature',
  'the secret of an app registration': 'app-secret',
  'a private key': 'private-key',
};

/** What may make a text worth a closer look, all in one pass. */
const hint =
  /key=|sig=|Q~|JQQJ99|PRIVATE KEY|gh[pousr]_|github_pat|glpat|npm_|xox|AKIA|ASIA|AIza|_live_|SG\.|Bearer|eyJ|:\/\/|pass|pwd|secret|token|key|\.(?:pfx|p12|pem|key)\b|id_rsa/i;

const readsFile = /^(?:loadFileAsBase64|loadTextContent|file|filebase64)$/i;
const keyFile = /\.(?:pfx|p12|key)$|(?:^|[/\\])(?:id_(?:rsa|ed25519|ecdsa)|[^/\\]*private[^/\\]*\.pem)$/i;

const database = /\b(?:server|data source|host|addr|address|network address|initial catalog|database)\s*=/i;
const scheme = /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|sqlserver|mssql|jdbc|redis|rediss|amqps?):/i;

/**
 * Addresses that differ between the clouds of Azure: of Azure itself, or with a computed name in front. A written name in front
 * means something that is there in one cloud only.
 */
const cloudAddress = new RegExp(
  `(?<![A-Za-z0-9-])(?<![A-Za-z0-9]\\.)(?:${[
    'management\\.azure\\.com',
    'management\\.core\\.windows\\.net',
    'login\\.microsoftonline\\.com',
    'login\\.windows\\.net',
    'graph\\.windows\\.net',
    'graph\\.microsoft\\.com',
    'gallery\\.azure\\.com',
    'batch\\.core\\.windows\\.net',
    '(?:blob|queue|table|file|dfs|web)\\.core\\.windows\\.net',
    'core\\.windows\\.net',
    'database\\.windows\\.net',
    'vault\\.azure\\.net',
    'azuredatalakestore\\.net',
    'azuredatalakeanalytics\\.net',
    'api\\.loganalytics\\.io',
    'servicebus\\.windows\\.net',
  ].join('|')})(?![A-Za-z0-9-])`,
  'i',
);

/** Functions that give the same result again to whoever knows what goes in, and what goes in is no secret. */
const predictable = new Set([
  'uniquestring',
  'guid',
  'utcnow',
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'base64sha256',
  'base64sha512',
  'uuidv5',
  'timestamp',
  'plantimestamp',
  'formatdate',
  'random_id',
  'random_string',
  'random_integer',
  'random_pet',
]);

const passwordName = /(?:password|passwd|passphrase|pwd)$/i;

/** What a text looks like that nobody should write out; undefined for all others. */
export function kindOfText({ name, text, uses }: WrittenText): TextKind | undefined {
  if (name !== undefined && passwordName.test(name) && isPredictable(uses)) return 'predictable-password';
  if (text === '') return undefined;
  if (name !== undefined && readsFile.test(name)) return keyFile.test(text) ? 'private-key' : undefined;
  if (!hint.test(text) && (name === undefined || !isSecretName(name))) return addressIn(text);
  const format = formatIn(text);
  if (format !== undefined) return kindOfFormat[format] ?? 'secret';
  if (credentialIn(text) !== undefined)
    return database.test(text) || scheme.test(text) ? 'database-password' : 'secret';
  if (name !== undefined && isSecretName(name) && uses.length === 0 && looksLikeSecret(text))
    return /^[A-Za-z0-9+/]{86}==$/.test(text) ? 'storage-key' : 'secret';
  return addressIn(text);
}

function addressIn(text: string): TextKind | undefined {
  return text.includes('.') && cloudAddress.test(text) ? 'cloud-address' : undefined;
}

/** Of letters alone a text may be a name; a secret has more in it. */
function looksLikeSecret(text: string): boolean {
  return isSecretValue(text) && !isPlaceholder(text) && /[A-Za-z]/.test(text) && /[0-9!#^+=?@&*]/.test(text);
}

function isPredictable(uses: readonly string[]): boolean {
  return (
    uses.some((use) => predictable.has(use.toLowerCase())) &&
    !uses.some((use) => isSecretName(use) || /^(?:newGuid|random_password|random_bytes|bcrypt|list\w*)$/i.test(use))
  );
}

/** The texts of a file that look like what rules ask for. Secrets are marked, so that no message spells them out. */
export function declaredTexts(uri: string, language: Language, texts: readonly WrittenText[]): readonly Declaration[] {
  return texts.flatMap((written): readonly Declaration[] => {
    const kind = kindOfText(written);
    if (kind === undefined) return [];
    const { start, end } = written;
    const place = { uri, start, end };
    const origin = sourceOrigin(uri, start, end);
    const called = written.name ?? 'text';
    return [
      declaration({
        declares: 'texts',
        language,
        name: called,
        address: called,
        members: new Map<string, Member>([
          ['kind', scalar(kind, origin)],
          ['text', scalar(written.text, origin, kind !== 'cloud-address')],
        ]),
        header: place,
        place,
        node: undefined,
      }),
    ];
  });
}
