import { namesSecret } from './secretNames.ts';

/** Gives what stands in the place of a secret that was found. */
export type Hide = (secret: string) => string;

/** Hides what one kind of secret shows in a line. It takes time in proportion to the line. */
type Rule = (line: string, hide: Hide) => string;

/** What a line has that shows a secret of a known shape; most lines have none of it, and are not looked at any closer. */
const hint = [
  '(?:pass|pwd|secret|token|key|auth|cookie|cred|jwt|sas|pat|webhook|signature)[\\w -]{0,20}["\'\\\\\\]]{0,4}\\s{0,8}[=:]|(?:pass|token|secret|key)[\\w-]{0,10}%3D',
  '--[\\w-]{0,30}(?:pass|pwd|secret|token|key|user)',
  'bearer\\s|curl\\s|login \\S{1,100} password|(?:password|passwd|secret|token|key)>|(?:with password|identified by|password to) |authorization|PRIVATE KEY|hooks\\.|webhook',
  '://[^\\s/]{1,2000}@',
  '[?&;][\\w-]{3,30}=',
  '\\beyJ|\\bA[KS]IA|\\bgh[opusr]_|github_pat|\\bgl[a-z]{1,5}-|\\bxox|\\bxapp|\\b[srp]k[-_]|whsec|\\bhf_|AIza|ya29',
  'npm_|pypi-|dckr_|dop_v|\\bSG\\.|gsk_|\\d:AA|\\bdapi|\\bshp|\\bhv[bs]\\.|GOCSPX|AGE-SEC|\\bdp\\.|\\bpul-|\\bsbp_|\\br8_|nvapi|pplx',
].join('|');
const anyHint = new RegExp(hint, 'i');

/** A text with the secrets in it hidden: of known shapes, in addresses, headers, flags and assignments, line by line. */
export function hideShapes(text: string, hide: Hide): string {
  if (!anyHint.test(text)) return text;
  const hints = new RegExp(hint, 'gi');
  let shown = '';
  let done = 0;
  for (let found = hints.exec(text); found !== null; found = hints.exec(text)) {
    const begin = text.lastIndexOf('\n', found.index) + 1;
    const next = text.indexOf('\n', found.index);
    const end = next < 0 ? text.length : next;
    shown += text.slice(done, begin) + inLine(text.slice(begin, end), hide);
    done = end;
    hints.lastIndex = end;
  }
  return shown + text.slice(done);
}

function inLine(line: string, hide: Hide): string {
  return rules.reduce((so, { where, rule }) => (where.test(so) ? rule(so, hide) : so), line);
}

/** What stands for a value and is none, or says something about it: `None`, `<password>`, `${TOKEN}`, `required`. */
function isPlaceholder(value: string): boolean {
  return stand.test(value) || words.test(value) || calls.test(value) || objects.test(value);
}

const stand =
  /^(<[^>]{0,60}>?|\[.*|\{.*|\(.*|\$[{(].*|\$[A-Z_]+|%\(.*|%[sdr]|%[A-Z_]+%|\.{3}|…|[*•xX]{3,}.*|•.*|`.*|(id|src|type)=.*|["'\\]+|-+)$/;

const words =
  /^(none|null|nil|undefined|nan|true|false|yes|no|on|off|is|are|was|to|or|and|not|for|of|in|if|the|a|an|it|with|from|by|via|must|should|cannot|can|will|has|have|be|option|flag|flags|argument|parameter|instead|field|value|values|required|optional|missing|invalid|empty|incorrect|wrong|expired|expires|ok|okay|set|unset|provided|given|found|changed|updated|hidden|redacted|default|valid|accepted|rejected|denied|failed|success|successful|verified|enabled|disabled|unknown|present|absent|too|mismatch|str|string|bytes|int|float|bool|boolean|any|optional|text|object|dict|list|secretstr|prompt|env|environment|read|loaded|using)[.!?:]?$/i;

/** Calls and fields in a line of code: `os.environ["PW"]`, `self.token`, `getpass()`. */
const calls = /^[A-Za-z_]\w{0,40}(\.[A-Za-z_]\w{0,40}){0,5}[([]/;
const objects =
  /^(self|cls|args|opts?|options|config|cfg|settings|os|params|kwargs|env|ctx|request|process|this)\.[A-Za-z_]/i;

/** A name in a line of code that passes a secret on: `password`, `db_password`, `API_KEY`. */
function isName(value: string): boolean {
  if (!/^[A-Za-z_]{1,60}$/.test(value)) return false;
  return /^(pass|password|passwd|pwd|pw|secret|token|tok|key|creds?|credentials|auth|api_?key)$/i.test(value)
    ? true
    : value.includes('_') && namesSecret(value);
}

function isPath(value: string): boolean {
  return /^(~|\.{1,2})?\/|^[A-Za-z]:\\|^file:/.test(value) && !/^\/[A-Za-z0-9+/=]{30,}$/.test(value);
}

/** Long, of letters and digits in a mix that no word has. */
function looksRandom(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.~%:-]+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (value.match(/\d/g)?.length ?? 0) >= 3 || (value.match(/[a-z][A-Z]/g)?.length ?? 0) >= 5;
}

/** `scheme://user:password@host`, and a token alone before the host. */
const logins: Rule = (line, hide) =>
  line.replace(
    /(?<=([a-z][a-z\d]{0,9}):\/\/)[^\s/?#"'<>`]{1,2000}(?=@(?!sha\d))/gi,
    (login, scheme: string) => {
      const colon = login.indexOf(':');
      const secret = login.slice(colon + 1);
      if (secret === '' || isMasked(secret)) return login;
      if (colon >= 0) return login.slice(0, colon + 1) + hide(secret);
      return /^https?$/i.test(scheme) && isTokenAlone(secret) ? hide(secret) : login;
    },
  );

const isMasked = (secret: string) => /^[<[{$%*•]|^(\*|x){3,}$/.test(secret);
const isTokenAlone = (login: string) => login.length >= 20 || (login.length >= 8 && /\d/.test(login));

/** Header lines, also as they stand in code and JSON. The kind of authorization stays. */
const headers: Rule = (line, hide) =>
  line
    .replace(
      /(authorization(?:["'\\]{0,3} {0,4}[:=]|["'] ?,) {0,4}(?:b(?=["']))?["'\\]{0,3})((?:bearer|basic|token|apikey|digest|negotiate|aws4-hmac-sha256) {1,4})?([^\s"',;\\][^"'\\\r\n]*)/gi,
      (all, name: string, kind: string | undefined, rest: string) => {
        const [value = ''] = /^[^\s,;]+/.exec(rest) ?? [];
        if (isPlaceholder(value) || (kind === undefined && /\s/.test(rest) && !looksRandom(value)))
          return all;
        const open = kind !== undefined && /^(digest|aws4)/i.test(kind) ? rest : value;
        return name + (kind ?? '') + hide(open) + rest.slice(open.length);
      },
    )
    .replace(
      /(cookie["'\\]{0,3} {0,4}: {0,4}["'\\]{0,3})([^"'\\\r\n]+)/gi,
      (all, name: string, value: string) => (value.includes('=') ? name + hide(value) : all),
    )
    .replace(
      /((?<![\w-])(?:x-(?:[a-z]{1,15}-){0,3}(?:(?:api|auth|access|functions)-?key|token|secret|signature)|(?:private|job|deploy)-token|api-key|ocp-apim-subscription-key)["'\\]{0,3} {0,4}: {0,4}["'\\]{0,3})([^\s"',;\\]+)/gi,
      (all, name: string, value: string) => (isPlaceholder(value) ? all : name + hide(value)),
    )
    .replace(/(?<![\w-])(bearer {1,4})([\w.~+/=-]{16,})/gi, (all, name: string, value: string) =>
      /\d/.test(value) ? name + hide(value) : all,
    );

const strongNames = [
  'password|passwd|passphrase|passcode|pwd|secret|secret[_-]?key[_-]?base|(?:api|access|secret|private)[_ -]?key',
  '(?:access|auth|refresh|bearer|api|session|security|secret|personal|deploy|bot|hf|hub|github|gitlab|gh|slack|wandb|pypi|npm)[_-]?token',
  'webhook[_-]?url',
  '(?<=(?:db|user|smtp|e?mail|admin|root|mysql|pg|postgres|redis|mongo|ftp|ssh|login|http|proxy|service|account)[_-]?)pass',
].join('|');
const weakNames =
  'token|auth|jwt|pat|sas|cookie|credentials?|(?:account|shared|signing|encryption|auth|master|subscription|storage|license)[_ -]?key|(?<=[a-z\\d][_-])key';

/** `PASSWORD=x`, `"password": "x"`, `aws_secret_access_key = x`, `--password x`. */
const assignment = new RegExp(
  [
    `(?:(${strongNames})|(${weakNames}))`,
    `(\\\\{0,3}["']?\\]? {0,8}(?::=|=>|[=:]{1,2}|%3D)\\s{0,8}|(?<=--[\\w-]{1,40})\\s{1,4})`,
    `(?:\\\\{1,3}["']([^"'\\\\]*)|[rbuf]?(["'])((?:(?!\\5)[^\\\\]|\\\\.){0,9999})|([^\\s,;&"'\\\\)}\\]]+))`,
  ].join(''),
  'gi',
);

/** The name of a secret in a cluster: `secret=mlpipeline-minio-artifact`. */
function isObjectName(name: string, value: string): boolean {
  return (
    /^(?!.*(client|app|api|auth|jwt|consumer|shared|session)).*secret$/i.test(name) &&
    /^[a-z]+(-[a-z]+){1,5}$/.test(value)
  );
}

/** What an assignment gives to a name. */
interface Assigned {
  readonly name: string;
  /** True where the name alone says that it is a secret. */
  readonly strong: boolean;
  readonly between: string;
  readonly value: string;
  readonly quoted: boolean;
  /** What follows in the line. */
  readonly after: string;
}

const assignments: Rule = (line, hide) =>
  line.replace(assignment, (all: string, ...found: readonly (string | number | undefined)[]) => {
    const [strong, weak, between = '', escaped, , quoted, bare, at = 0] = found;
    const value = String(escaped ?? quoted ?? bare ?? '');
    const name = nameBefore(line, Number(at)) + String(strong ?? weak);
    const end = Number(at) + all.length;
    const assigned = {
      name,
      strong: strong !== undefined || isTokenByName(name, String(between)),
      between: String(between),
      value,
      quoted: bare === undefined,
      after: line.slice(end, end + 40),
    };
    if (!givesSecret(assigned)) return all;
    const place = all.lastIndexOf(value);
    return all.slice(0, place) + hide(value) + all.slice(place + value.length);
  });

function givesSecret(assigned: Assigned): boolean {
  const { name, strong, value, quoted } = assigned;
  if (value === '' || isPlaceholder(value) || isPath(value)) return false;
  if (!strong) return looksRandom(value) && namesSecret(name);
  return quoted || !(isName(value) || isProse(assigned) || isObjectName(name, value));
}

/** What comes before a name that was found and belongs to it: `pad_` of `pad_token`. */
function nameBefore(line: string, at: number): string {
  const [begins = ''] = /[\w-]{0,40}$/.exec(line.slice(Math.max(0, at - 40), at)) ?? [];
  return begins;
}

/** `--token x` and `TOKEN=x`, where the name alone tells a token to sign in with from one of a text. */
function isTokenByName(name: string, between: string): boolean {
  const isFlag = /^--[\w-]*token$/i.test(name);
  const isVariable = between === '=' && /^[A-Z\d_]*(TOKEN|JWT|PAT)$/.test(name);
  return (isFlag || isVariable) && namesSecret(name);
}

/** "Password: must have eight characters": a word after a colon and before another word is of a sentence. */
function isProse({ between, value, after }: Assigned): boolean {
  return /:\s/.test(between) && /^[A-Za-z'’-]+[.,!?]?$/.test(value) && /^\s(?![\w-]+ ?[:=])\S/.test(after);
}

/** `curl -u user:password`, `login user password x`, `WITH PASSWORD 'x'`, `<password>x</password>`. */
const others: Rule = (line, hide) =>
  line
    .replace(
      /(curl(?:\s.{0,200}?)?\s(?:-u|--user)[ =]["']?[\w.@-]{1,60}:)([^\s"']+)/g,
      (_, name: string, value: string) => name + hide(value),
    )
    .replace(/(\blogin \S{1,100} password )(\S+)/g, (_, name: string, value: string) => name + hide(value))
    .replace(
      /(\b(?:with password|identified by|password to) ')([^']+)/gi,
      (_, name: string, value: string) => name + hide(value),
    )
    .replace(
      /(<[\w:-]{0,30}(?:password|passwd|secret|token|api-?_?key)>)([^<\s]+)(?=<)/gi,
      (_, name: string, value: string) => name + hide(value),
    );

/** What shows by its form alone that it is a key or a token. */
const tokens = [
  'A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])',
  'gh[opusr]_[A-Za-z0-9]{20,}',
  'github_pat_\\w{20,}',
  'gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{16,}',
  'xox[abeoprs]-[\\w-]{10,}',
  'xapp-\\d-[\\w-]{10,}',
  'sk-(?=[a-zA-Z_-]*\\d)(?=[a-z\\d_-]*[A-Z])[\\w-]{20,}',
  '(?:[srp]k_(?:live|test)|whsec)_[A-Za-z0-9]{10,}',
  'hf_[A-Za-z0-9]{30,}',
  'AIza[\\w-]{35}',
  'ya29\\.[\\w-]{20,}',
  'eyJ[\\w-]{8,}\\.eyJ[\\w-]{4,}(?:\\.[\\w-]*)?',
  'npm_[A-Za-z0-9]{36}',
  'pypi-AgE[\\w-]{16,}',
  'dckr_pat_[\\w-]{20,}',
  'dop_v1_[a-f\\d]{64}',
  'SG\\.[\\w-]{20,24}\\.[\\w-]{40,46}',
  'gsk_[A-Za-z0-9]{30,}',
  'r8_[A-Za-z0-9]{30,}',
  '(?:nvapi|pplx)-[\\w-]{30,}',
  '\\d{8,10}:AA[\\w-]{33}',
  'SK[a-f\\d]{32}',
  'dapi[a-f\\d]{32}',
  'shp(?:at|ca|pa|ss)_[a-fA-F\\d]{32}',
  'hv[bs]\\.[\\w-]{24,}',
  'GOCSPX-[\\w-]{28}',
  'AGE-SECRET-KEY-1[A-Z\\d]{40,}',
  'dp\\.(?:pt|st|ct)\\.[\\w.]{40,}',
  '(?:pul-|sbp_)[a-f\\d]{40}',
]
  .map((shape) => `(?:${shape})`)
  .join('|');

const everyToken = new RegExp(`(?<![\\w-])(?:${tokens})`, 'g');

const shapes: Rule = (line, hide) => line.replace(everyToken, (found) => hide(found));

/** Signatures and keys in the query of an address, and addresses that are secrets as a whole. */
const addresses: Rule = (line, hide) =>
  line
    .replace(
      /([?&;](?:sig|signature|x-amz-(?:signature|security-token|credential)|x-goog-(?:signature|credential)|awsaccesskeyid|access_token|api_?key|client_secret)=)([^&\s"'<>\\]{16,})/gi,
      (all, name: string, value: string) => (/\d/.test(value) ? name + hide(value) : all),
    )
    .replace(/([?&](?:code|key|token)=)([\w-]{20,})(?![\w./-])/gi, (all, name: string, value: string) =>
      /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) ? name + hide(value) : all,
    )
    .replace(
      /(hooks\.slack\.com\/(?:services|workflows)\/|discord(?:app)?\.com\/api\/webhooks\/|webhook\.office\.com\/)([\w/@-]{10,})/gi,
      (_, place: string, value: string) => place + hide(value),
    );

/** A private key that stands in one line, its line breaks written out. */
const keysInLine: Rule = (line, hide) =>
  line.replace(
    /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)([^-]+)/g,
    (all, begin: string, body: string) => (/^[\s"'\\,]*$/.test(body) ? all : begin + hide(body)),
  );

/** Each rule, and what a line needs to have for it. */
const rules: readonly { readonly where: RegExp; readonly rule: Rule }[] = [
  { where: /PRIVATE KEY/, rule: keysInLine },
  { where: /:\/\/[^/]*@/, rule: logins },
  { where: /authoriz|cookie|bearer|-token|-key|x-/i, rule: headers },
  { where: /curl|login|password|identified by|<\/|>/i, rule: others },
  { where: /[-_.AS]|:AA|dapi/, rule: shapes },
  { where: /[?&;][\w-]{3,30}=|hooks\.|webhook/i, rule: addresses },
  { where: /[:=]|--/, rule: assignments },
];
