import { namesSecret } from './secretNames.ts';

/** Returns the replacement of a secret. */
export type Hide = (secret: string) => string;

/** Hides one kind of secret in a line, in linear time. */
export type SecretRule = (line: string, hide: Hide) => string;

/** Placeholders and remarks instead of values: `None`, `<password>`, `${TOKEN}`, `required`. */
export function isPlaceholder(value: string): boolean {
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

/** True for a long mix of letters and digits that no word has. */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || !/^[\w+/=.~%:-]+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (value.match(/\d/g)?.length ?? 0) >= 3 || (value.match(/[a-z][A-Z]/g)?.length ?? 0) >= 5;
}

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

/** The value of an assignment. */
interface Assigned {
  readonly name: string;
  /** True where the name alone shows that it is a secret. */
  readonly strong: boolean;
  readonly between: string;
  readonly value: string;
  readonly quoted: boolean;
  /** The rest of the line. */
  readonly after: string;
}

export const assignments: SecretRule = (line, hide) =>
  line.replace(assignment, (all: string, ...groups: readonly (string | number | undefined)[]) => {
    const [strong, weak, between = '', escaped, , quoted, bare, index = 0] = groups;
    const value = String(escaped ?? quoted ?? bare ?? '');
    const name = nameBefore(line, Number(index)) + String(strong ?? weak);
    const end = Number(index) + all.length;
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

/** The beginning of a name before the part that was found: `pad_` of `pad_token`. */
function nameBefore(line: string, index: number): string {
  const [begins = ''] = /[\w-]{0,40}$/.exec(line.slice(Math.max(0, index - 40), index)) ?? [];
  return begins;
}

/** `--token x` and `TOKEN=x`, where the name alone distinguishes a login token from a token of text. */
function isTokenByName(name: string, between: string): boolean {
  const isFlag = /^--[\w-]*token$/i.test(name);
  const isVariable = between === '=' && /^[A-Z\d_]*(TOKEN|JWT|PAT)$/.test(name);
  return (isFlag || isVariable) && namesSecret(name);
}

/** "Password: must have eight characters": a word after a colon and before another word is part of a sentence. */
function isProse({ between, value, after }: Assigned): boolean {
  return /:\s/.test(between) && /^[A-Za-z'’-]+[.,!?]?$/.test(value) && /^\s(?![\w-]+ ?[:=])\S/.test(after);
}
