import { type Json, isJsonObject } from '../domain/json.ts';

/** The replacement of a secret, for people and models alike. */
export const secretMark = '••••';

/** Words that make a name secret, also inside longer words: `dbpassword`, `apikey`, `accesstoken`. */
const secretWords = [
  /^pass(wd|phrase|code)?s?\d*$/,
  /^passwords?(?!less)/,
  /(password|passwd|passphrase|passcode|secret|credential|pwd)s?\d*$/,
  /^(creds?|keys?|passkeys?|auth|authorization|bearer|cookies?|jwts?|pats?|sas|dsns?|headers|webhooks?|kubeconfig|pem)\d*$/,
  /^(api|app|auth|access|account|secret|private|master|encryption|signing|ssh|license|storage|deploy|subscription)keys?\d*$/,
  /^(?!(pad|eos|bos|unk|cls|sep|mask|sub|next|stop|end|start|pre|de|re|max|min|num)token)[a-z]*token\d*$/,
  /^(conn(ection)?str(ing)?|(db|database|jdbc|sql|redis|mongo|postgres|mysql|amqp)(url|uri|dsn|pass|auth))\d*$/,
];

/** Pairs of words that make a name secret. */
const secretPhrases =
  /\b(conn|connection) (str|string|url|uri)\b|\b(db|database|jdbc|sql|sqlalchemy|redis|mongo|mongodb|postgres|postgresql|mysql|amqp|rabbitmq|broker|celery|snowflake) (url|uri)\b|\bsession id\b/;

/** Words about a secret that are not secret: `token_count`, `password_file`, `auth_type`. */
const aboutSecrets =
  /\b(pass|passwords?|secrets?|tokens?|keys?|auth|cookies?|headers?|sas|credentials?|jwt|pat) (types?|counts?|length|len|limit|budget|paths?|files?|filename|dir|folder|names?|columns?|cols?|fields?|index|size|min|max|policy|version|ttl|expiry|timeout|rate|ratio|threshold|position|embeddings?|dim|heads?|weight|loss|dropout|accuracy|pattern|regex|format|enabled|required|method|mode|scheme|strategy|provider|prefix|suffix|per|rows?|line|cutter|by|func|fn|order|encoding|through|fail)\b|\btokens? ids?\b|\bsas (data|dataset|table)\b/g;

/** Kinds of keys that find or sort things, such as `sort_key`, `s3_key`, `n_keys`. */
const plainThings = [
  /\b((sort|order|group) by|sort|order|group|monitor|score|join|merge|primary|foreign|partition|shard|row|index|lookup|natural|public|object|s3|cache|n|num|max|min|hash|range|dict|map|json|config|param|feature|label|target|metric|state|text|id|input|output|image|time|timestamp|date|event|entity|random|rng|prng|value|query|artifact|blob|memo|fingerprint|dedup|idempotency) keys?\b/g,
  /\b(pad|eos|bos|unk|cls|sep|mask|special|start|end|stop|first|last|next|per|image|max|min|n|num|new|total|prompt|input|output|context|added|extra) tokens?\b/g,
  /\b(first|second|third|single|one|two|multi|low|high|band|all|forward|backward|n|num|max|min|per) pass(es)?\b/g,
  /\b(csv|table|column|row|file|excel|sheet|has|no|with|n|num|skip|include|response) headers\b/g,
];

/** True for names of secret values: `api_key`, `dbPassword`, `TOKEN`, `db_url`. */
export function namesSecret(name: string): boolean {
  const words = withoutPlain(name);
  return (
    secretPhrases.test(words) ||
    words.split(' ').some((word) => secretWords.some((pattern) => pattern.test(word)))
  );
}

/**
 * True for a parameter whose name, or a name within its value, is that of a secret. Not for numbers such as `max_tokens = 512`,
 * nor for booleans.
 */
export function holdsSecret(name: string, value: Json | undefined): boolean {
  if (typeof value === 'boolean') return false;
  if (namesSecret(name)) return true;
  return (typeof value !== 'number' && withoutPlain(name).split(' ').includes('tokens')) || within(value);
}

/** True where a value is shown as the mark: a secret that is not empty. */
export function isHidden(name: string, value: Json | undefined): boolean {
  return value !== undefined && value !== '' && holdsSecret(name, value);
}

/**
 * True when a value has the dots where a secret stood (`postgres://bob:••••@db`): somebody copied it from a text in which
 * it was hidden. Dots elsewhere in a text are not a mark.
 */
export function holdsMark(value: Json): boolean {
  if (typeof value === 'string') return value.trim() === secretMark || markInText.test(value);
  if (Array.isArray(value)) return value.some(holdsMark);
  return isJsonObject(value) && Object.values(value).some(holdsMark);
}

const markInText = /[^\s•]•{4}(?!•)|(?<!•)•{4}[^\s•]|\b(bearer|basic|token) •{4}|--[\w-]{1,40} •{4}/i;

function within(value: Json | undefined): boolean {
  if (typeof value === 'string') return namesWithin(value).some(namesSecret);
  if (Array.isArray(value)) return value.some(within);
  return isJsonObject(value) && Object.entries(value).some(([name, inner]) => holdsSecret(name, inner));
}

/** The names in an object that is written as text. It may be damaged, so it is not parsed. */
function namesWithin(text: string): readonly string[] {
  if (!/^\s*[[{]/.test(text)) return [];
  return [...text.matchAll(/["']([^"']{1,100})["']\s*:/g)].map(([, name = '']) => name);
}

/** The words of a name without those for public values. */
function withoutPlain(name: string): string {
  const words = wordsOf(name).join(' ').replace(aboutSecrets, '');
  return plainThings.reduce((left, plain) => left.replace(plain, ''), words);
}

/** "dbPassword", "db_password", "DBPassword" and "DB-PASSWORD" are the same two words. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
}
