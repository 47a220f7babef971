import { describe, expect, test } from 'vitest';
import { ordinaryLines } from '../../../test/fakes/ordinaryLog.ts';
import { growingRedactor, redact, redactor } from './redact.ts';

/** Secrets are put together here, so that no scanner takes this file for a leak. */
const letters = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789aBcDeFgH';
const jwt = `eyJ${letters.slice(0, 12)}.eyJ${letters.slice(0, 20)}.${letters.slice(0, 30)}`;

describe('redacting a text', () => {
  test.each([
    ['postgres://bob:swordfish@db:5432/x', 'postgres://bob:••••@db:5432/x'],
    ['postgresql+psycopg2://bob:sword@fish@db/x', 'postgresql+psycopg2://bob:••••@db/x'],
    ['clone https://token4711abc@host/x failed', 'clone https://••••@host/x failed'],
    ['redis://:swordfish@cache:6379', 'redis://:••••@cache:6379'],
    ['index https://me:swordfish@pypi.local/simple', 'index https://me:••••@pypi.local/simple'],
  ])('hides the login in a URL: %s', (text, shown) => expect(redact(text)).toBe(shown));

  test.each([
    ['Authorization: Bearer swordfish', 'Authorization: Bearer ••••'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic ••••'],
    [
      `{'Authorization': 'Bearer swordfish', 'Accept': 'x'}`,
      `{'Authorization': 'Bearer ••••', 'Accept': 'x'}`,
    ],
    ['> Cookie: a=swordfish; b=2', '> Cookie: ••••'],
    ['Set-Cookie: sid=swordfish; Path=/', 'Set-Cookie: ••••'],
    [`[('authorization', 'Bearer swordfish'), ('a', 'b')]`, `[('authorization', 'Bearer ••••'), ('a', 'b')]`],
    ['X-Auth-Token: swordfish', 'X-Auth-Token: ••••'],
    ['X-Api-Key: swordfish', 'X-Api-Key: ••••'],
    ['PRIVATE-TOKEN: swordfish', 'PRIVATE-TOKEN: ••••'],
  ])('hides secrets in HTTP headers: %s', (text, shown) => expect(redact(text)).toBe(shown));

  test.each([
    ['tool --password swordfish --rows 3', 'tool --password •••• --rows 3'],
    ['tool --token=swordfish', 'tool --token=••••'],
    ['tool --db-password "sword fish" x', 'tool --db-password "••••" x'],
    ['tool --api-key swordfish --tokenizer bert', 'tool --api-key •••• --tokenizer bert'],
    ['curl -u bob:swordfish http://x', 'curl -u bob:•••• http://x'],
  ])('hides secrets in command-line options: %s', (text, shown) => expect(redact(text)).toBe(shown));

  test.each([
    ['PASSWORD=swordfish', 'PASSWORD=••••'],
    ['export GITHUB_TOKEN=swordfish', 'export GITHUB_TOKEN=••••'],
    ['dbpassword: swordfish', 'dbpassword: ••••'],
    ['aws_secret_access_key = abc/def+123', 'aws_secret_access_key = ••••'],
    ['{"password": "it\'s \\"me\\"", "n": 1}', '{"password": "••••", "n": 1}'],
    ['"{\\"password\\": \\"swordfish\\"}"', '"{\\"password\\": \\"••••\\"}"'],
    ["connect(password='swordfish', port=1)", "connect(password='••••', port=1)"],
    ['Server=x;User Id=sa;Password=swordfish;', 'Server=x;User Id=sa;Password=••••;'],
    ['password is wrong: password: swordfish user: bob', 'password is wrong: password: •••• user: bob'],
    [`token = ${letters}`, 'token = ••••'],
    [`OPENAI_KEY=${letters}`, 'OPENAI_KEY=••••'],
    ['TOKEN=swordfish DB_PASS=x1', 'TOKEN=•••• DB_PASS=••••'],
    ['a?x=1&password%3Dswordfish', 'a?x=1&password%3D••••'],
    ['machine host login bob password swordfish', 'machine host login bob password ••••'],
    ["CREATE USER bob WITH PASSWORD 'swordfish'", "CREATE USER bob WITH PASSWORD '••••'"],
    ['<password>swordfish</password>', '<password>••••</password>'],
    [`AccountName=x;AccountKey=${letters}==;Suffix=y`, 'AccountName=x;AccountKey=••••;Suffix=y'],
  ])('hides secrets in assignments: %s', (text, shown) => expect(redact(text)).toBe(shown));

  test.each([
    `AKIA${letters.slice(0, 16).toUpperCase()}`,
    `ghp_${letters.slice(0, 36)}`,
    `github_pat_${letters.slice(0, 40)}`,
    `glpat-${letters.slice(0, 20)}`,
    `xoxb-123456789012-${letters.slice(0, 24)}`,
    `sk-${letters.slice(0, 44)}`,
    `sk-proj-${letters.slice(0, 40)}`,
    `sk_live_${letters.slice(0, 24)}`,
    `hf_${letters.slice(0, 34)}`,
    `AIza${letters.slice(0, 35)}`,
    `npm_${letters.slice(0, 36)}`,
    jwt,
  ])('hides tokens of known formats: %s', (token) => {
    expect(redact(token)).toBe('••••');
    expect(redact(`found "${token}", going on`)).toBe('found "••••", going on');
  });

  test('hides the signature of a signed URL', () => {
    expect(redact(`https://x.blob.core.windows.net/c?sv=2022&sig=${letters}%3D&se=1`)).toBe(
      'https://x.blob.core.windows.net/c?sv=2022&sig=••••&se=1',
    );
    expect(redact(`https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=${letters}`)).toBe(
      'https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=••••',
    );
  });

  test('hides a private key and keeps its number of lines', () => {
    const body = `${letters}\n${letters}\nAbc=`;
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`;
    expect(redact(`before\n${key}\nafter`).split('\n')).toEqual([
      'before',
      '-----BEGIN RSA PRIVATE KEY-----',
      ...['••••', '••••', '••••'],
      '-----END RSA PRIVATE KEY-----',
      'after',
    ]);
    expect(redact(`${body}\n-----END RSA PRIVATE KEY-----`)).not.toContain('AbCd');
    expect(redact(`"${key.replaceAll('\n', '\\n')}"`)).not.toContain('AbCd');
  });

  test('leaves redacted text as it is', () => {
    const text = 'postgres://a:••••@h password=•••• "token": "••••" Authorization: Bearer ••••\nCookie: ••••';
    expect(redact(text)).toBe(text);
  });

  test('leaves 10 000 ordinary lines of logs as they are', () => {
    const lines = ordinaryLines(10_000);
    expect(lines.filter((line) => redact(line) !== line)).toEqual([]);
    expect(redact(lines.join('\n'))).toBe(lines.join('\n'));
  });
});

describe('the secrets of a run', () => {
  const run = {
    parameters: {
      password: 'hunter2-Zx9',
      api_key: 'a/b c"d\'é!',
      login: { user: 'postgres', passphrase: 'correct horse' },
      tokens: ['first-one', 'second-one'],
      settings: '{"host": "db", "secret": "within text"}',
      source: 'https://me:by-form-alone@host/x',
      pin_code_password: 123_456,
      auth: 'kerberos',
      sort_by: 'accuracy',
      secret: 'no',
    },
  };
  const hide = redactor(run);

  test.each(['hunter2-Zx9', 'correct horse', 'first-one', 'second-one', 'within text', 'by-form-alone'])(
    'are hidden wherever they occur: %s',
    (secret) => expect(hide(`x${secret}y and ${secret}`)).toBe('x••••y and ••••'),
  );

  test('are hidden in every common encoding', () => {
    const secret = run.parameters.api_key;
    for (const written of [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll('%20', '+'),
      JSON.stringify(secret),
      'a/b c"d\\\'é!',
      'a/b c\\"d\'\\u00e9!',
      Buffer.from(secret).toString('base64'),
    ]) {
      const text = hide(`it is ${written}`);
      expect(text).toContain('••••');
      expect(text).not.toContain('a/b');
    }
  });

  test('do not include short values, numbers, names of methods and values beside a secret', () => {
    const text = 'no 123456 kerberos accuracy postgres db host me';
    expect(hide(text)).toBe(text);
  });

  test('are hidden at the end of a growing log even when printed in part', () => {
    expect(growingRedactor(run)('a\nit is hunter2-')).toBe('a\nit is ••••');
    expect(growingRedactor(run)('it is hunter2-\n')).toBe('it is hunter2-\n');
  });
});

describe('the time to redact a text', () => {
  const pieces = [
    ...['a', '=', '"', '\\"', '-', '\n', '@', '[', '://', 'a://', '://a@', 'a.b.c('],
    ...[
      'password',
      'password=',
      'password="',
      "password='",
      'password=\\\\',
      'password:    ',
      'token=',
      'a_key=',
    ],
    ...[
      'cookie: ',
      'cookie:a=',
      'authorization: ',
      'authorization: basic ',
      'bearer ',
      'x-',
      'x-key',
      '?sig=',
    ],
    ...[
      '--password ',
      '--a',
      'curl ',
      'curl -u ',
      'eyJ',
      'eyJa.',
      'eyJaaaaaaaa.eyJaaa',
      'sk-',
      'sk-aA1',
      'ghp_',
    ],
    ...['-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----\n', 'A\n', `${letters}!`],
    ...['hunter2-', 'hunter2-Zx9'],
  ];
  const hide = redactor({ parameters: { password: 'hunter2-Zx9' } });

  function timeOf(piece: string, size: number): number {
    const text = piece.repeat(Math.ceil(size / piece.length));
    const begun = performance.now();
    hide(text);
    return performance.now() - begun;
  }

  // Other work on the machine may make one measurement longer.
  test.each(pieces)('grows linearly with its length: %j repeated', { retry: 3 }, (piece) => {
    const [small, large] = [timeOf(piece, 62_500), timeOf(piece, 1_000_000)];
    // 16 times the text; what grows with its square would take 256 times as long.
    expect(large / Math.max(small, 5)).toBeLessThan(80);
  });
});
