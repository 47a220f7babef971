import { assignments, type Hide, isPlaceholder, looksRandom, type SecretRule } from './secretAssignments.ts';

/** What a line must contain to have a secret of a known shape; most lines do not, and are skipped. */
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

/** A text without secrets of known shapes, in addresses, headers, flags and assignments, line by line. */
export function hideShapes(text: string, hide: Hide): string {
  if (!anyHint.test(text)) return text;
  const hints = new RegExp(hint, 'gi');
  let shown = '';
  let done = 0;
  for (let match = hints.exec(text); match !== null; match = hints.exec(text)) {
    const begin = text.lastIndexOf('\n', match.index) + 1;
    const next = text.indexOf('\n', match.index);
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

/** `scheme://user:password@host`, and a token alone before the host. */
const logins: SecretRule = (line, hide) =>
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

/** Header lines, also in code and JSON. The scheme of the authorization stays. */
const headers: SecretRule = (line, hide) =>
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

/** `curl -u user:password`, `login user password x`, `WITH PASSWORD 'x'`, `<password>x</password>`. */
const others: SecretRule = (line, hide) =>
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

/** Keys and tokens that are recognizable by their form alone. */
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

const shapes: SecretRule = (line, hide) => line.replace(everyToken, (token) => hide(token));

/** Signatures and keys in the query of an address, and addresses that are secrets as a whole. */
const addresses: SecretRule = (line, hide) =>
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

/** A private key in one line, with its line breaks escaped. */
const keysInLine: SecretRule = (line, hide) =>
  line.replace(
    /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----)([^-]+)/g,
    (all, begin: string, body: string) => (/^[\s"'\\,]*$/.test(body) ? all : begin + hide(body)),
  );

/** The rules, each with what a line must contain for it. */
const rules: readonly { readonly where: RegExp; readonly rule: SecretRule }[] = [
  { where: /PRIVATE KEY/, rule: keysInLine },
  { where: /:\/\/[^/]*@/, rule: logins },
  { where: /authoriz|cookie|bearer|-token|-key|x-/i, rule: headers },
  { where: /curl|login|password|identified by|<\/|>/i, rule: others },
  { where: /[-_.AS]|:AA|dapi/, rule: shapes },
  { where: /[?&;][\w-]{3,30}=|hooks\.|webhook/i, rule: addresses },
  { where: /[:=]|--/, rule: assignments },
];
