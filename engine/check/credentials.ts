/**
 * Tells credentials in a text: formats that nothing else has first, then what is set under a name that says so. Entropy
 * plays no part, so ids, hashes and names are left alone.
 */

/**
 * What a text of this form is, for people. The forms are so special that the text around them does not matter. Each comes
 * with what a text must hold to be worth a closer look: nearly every text holds none of it.
 */
const formats: readonly (readonly [sign: string, pattern: RegExp, what: string])[] = [
  ['PRIVATE KEY', /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/, 'a private key'],
  ['=', /\bAccountKey=[A-Za-z0-9+/]{40,}={0,2}/i, 'the key of a storage account'],
  ['=', /\bSharedAccessKey=[A-Za-z0-9+/]{20,}={0,2}/i, 'a shared access key'],
  ['=', /[?&]sig=[A-Za-z0-9%+/]{30,}={0,2}/i, 'a shared access signature'],
  ['JQQJ99', /[A-Za-z0-9+/]{20}JQQJ99[A-Za-z0-9+/]{10}/, 'a key that Azure has issued'],
  [
    'Q~',
    /(?:^|[^A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/,
    'the secret of an app registration',
  ],
  ['gh', /\bgh[pousr]_[A-Za-z0-9]{36}/, 'a GitHub token'],
  ['github_pat_', /\bgithub_pat_[A-Za-z0-9_]{60,}/, 'a GitHub token'],
  ['glpat-', /\bglpat-[A-Za-z0-9_-]{20,}/, 'a GitLab token'],
  ['npm_', /\bnpm_[A-Za-z0-9]{36}\b/, 'an npm token'],
  ['xox', /\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  ['AKIA', /\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  ['ASIA', /\bASIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  ['AIza', /\bAIza[0-9A-Za-z_-]{35}/, 'a Google API key'],
  ['k_live_', /\b[rs]k_live_[A-Za-z0-9]{20,}/, 'a Stripe key'],
  ['SG.', /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/, 'a SendGrid key'],
  ['Bearer ', /\bBearer [A-Za-z0-9+/._~-]{16,}={0,2}/, 'an authorization header'],
  ['eyJ', /\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}/, 'a signed token'],
];

const password = 'a password';

/** Where a password stands by the structure around it; the first group holds it. Each with a sign, as above. */
const places: readonly (readonly [sign: string, pattern: RegExp])[] = [
  ['://', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"<>{]{1,64}:([^\s/@'"]{1,128})@/gi],
  ['=', /[?&](?:code|key|token|api[_-]?key|secret|password)=([^&#\s"']{8,256})/gi],
  ['=', /\b(?:password|pwd)=([^;"'\s]{1,128});/gi],
  ['--', /--(?:[a-z]{1,20}-){0,3}(?:password|passwd|secret|token|account-key|api-key)[= ]["']?([^\s"']{1,128})/gi],
  [' /', /\bnet user \S{1,64} ["']?([^\s"'/]{1,128})["']? \/add\b/gi],
  ['-', /\bConvertTo-SecureString(?:\s+-String)?\s+["']([^"']{1,128})["']/gi],
  ['|', /\becho\s+(?:-[en]+\s+)?["']?[a-z_][\w-]{0,31}:([^"'\s|]{1,128})["']?\s*\|\s*(?:sudo\s+)?chpasswd/gi],
  ['-', /\bsshpass\s+-p\s*["']?([^\s"']{1,128})/gi],
];

const secretWord =
  '(?:password|passwd|passphrase|pwd|secret|secret[_-]?key|client[_-]?secret|api[_-]?key|access[_-]?key|account[_-]?key|shared[_-]?key|auth[_-]?token|access[_-]?token|sas[_-]?token)';

/** `NAME=value`, `"name": "value"`: in scripts, cloud-init, JSON and ini files. The groups: quoted either way, or bare. */
const assignment = new RegExp(
  `(?<![A-Za-z0-9])[A-Za-z0-9_.]{0,40}${secretWord}["']?[ \\t]{0,8}[:=]>?[ \\t]{0,8}(?:"([^"\\n]{1,256})"|'([^'\\n]{1,256})'|([^\\s;&,"'|)}\\]]{1,256}))`,
  'gi',
);

const secretName = new RegExp(`(?:^|[^A-Za-z]|[a-z0-9])${secretWord}$|(?:^|[_-])token$`, 'i');

/** True for the name of a setting or variable that is there to hold a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** What kind of credential is written out in the text (`a private key`); undefined when none is seen. */
export function credentialIn(text: string): string | undefined {
  return formatIn(text) ?? passwordIn(text);
}

/** The same, of the credentials whose form nothing else has. */
export function formatIn(text: string): string | undefined {
  for (const [sign, pattern, what] of formats) if (text.includes(sign) && pattern.test(text)) return what;
  return undefined;
}

function passwordIn(text: string): string | undefined {
  for (const [sign, pattern] of places) {
    if (!text.includes(sign)) continue;
    for (const [, value = ''] of text.matchAll(pattern)) if (isWrittenOut(value)) return password;
  }
  if (!text.includes('=') && !text.includes(':')) return undefined;
  for (const [, double, single, bare] of text.matchAll(assignment)) {
    const quoted = double ?? single;
    if (quoted !== undefined ? isSecretValue(quoted) : isSecretValue(bare ?? '') && looksMadeUp(bare ?? ''))
      return password;
  }
  return undefined;
}

/** True for a text that, under a name for secrets, is the secret itself: no reference, placeholder, address, id or name. */
export function isSecretValue(text: string): boolean {
  return (
    isWrittenOut(text) &&
    !/\s/.test(text) &&
    !/^(?:https?:\/\/|[./~@]|[A-Za-z]:\\)/i.test(text) &&
    !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) &&
    !/^[a-z]+(?:[-_.][a-z0-9]+)+$/.test(text) &&
    !/^[A-Z]+(?:_[A-Z0-9]+)+$/.test(text) &&
    !/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[)/.test(text)
  );
}

/**
 * True for a text that a pipeline or a person puts something else in place of: `__CHANGE_ME__`, `GEN-PASSWORD`, `<key>`,
 * `#{key}#`, `$(key)`.
 */
export function isPlaceholder(text: string): boolean {
  return /^(?:__.{1,100}__|GEN-[A-Z0-9-]{1,40}|<[^<>]{1,100}>|#\{[^{}]{1,100}\}#|\{\{[^{}]{1,100}\}\}|\$\([^()]{1,100}\)|%[^%]{1,100}%)$/.test(
    text,
  );
}

/** True for numbers with dots between, such as the version of an image: nobody signs in with one. */
export function isVersionNumber(text: string): boolean {
  return /^v?\d{1,9}(?:\.\d{1,9}){1,4}$/.test(text);
}

/** Not a variable, an expression or a placeholder. */
function isWrittenOut(text: string): boolean {
  return (
    text.length >= 4 &&
    !/[$%{}<>`]|\(|\*\*\*|\.\.\./.test(text) &&
    !/^(?:true|false|null|none|undefined|required|optional|string|secret|password|token|x+|-+|_+)$/i.test(text)
  );
}

/** Without quotes a word may be anything (a name, a keyword), so it takes a digit or a sign to be taken for a secret. */
function looksMadeUp(text: string): boolean {
  return /[0-9!#^+=?]/.test(text);
}
