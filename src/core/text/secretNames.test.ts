import { expect, test } from 'vitest';
import { holdsMark, holdsSecret } from './secretNames.ts';

const names = (text: string) => text.trim().split(/\s+/);

test.each(
  names(`
    password db_password dbPassword DBPassword dbpassword userPassword passwd pwd dbpwd passphrase passcode
    API-KEY apikey api_key apiKey OPENAI_API_KEY accesskey access_key aws_secret_access_key privatekey private_key
    signingKey accountKey ssh_key license_key passkey key2
    TOKEN token2 accessToken authtoken hf_token HFToken bottoken github_pat pat jwt jwtSecret id_jwt
    secret client_secret clientSecret clientsecret secretKey secret_value secrets token_value password_hash
    db_url dbUrl dburl DATABASE_URL database_uri redis_url mongo_uri dsn sentry_dsn
    connection_string connectionString connectionstring conn_str
    cookie cookies session_cookie session_id sas sas_token blob_sas headers http_headers HTTPHeaders requestHeaders
    auth basic_auth authorization Authorization bearer credential credentials aws-credentials creds
    webhook slack_webhook_url webhookUrl kubeconfig
  `),
)('%s is the name of a secret', (name) => expect(holdsSecret(name, 'x')).toBe(true));

test.each(
  names(`
    keyword keyboard monkey passes n_passes first_pass compass passthrough pass_through pass_rate passwordless column
    author authority authored tokenizer tokenize subtoken detokenize secretary
    path file_path pattern patience patch compat spatial sas7bdat sas_file sas_table cookiecutter
    header has_header header_row headers_row csv_headers url tracking_uri user username session
    max_tokens n_tokens num_tokens token_count tokenCount token_ids token_type token_length special_tokens stop_tokens
    pad_token padToken eos_token next_token tokens_per_batch max_new_tokens
    auth_type auth_method authMode secret_name password_file password_column token_path key_file cookie_policy
  `),
)('%s is not the name of a secret', (name) => expect(holdsSecret(name, 'x')).toBe(false));

test.each(
  names(`
    sort_key sort_by_key s3Key objectKey key_columns keyColumn partition-keys n_keys group_key join_keys primary_key
    cache_key shard_key key_prefix num_key_value_heads key_dim prng_key label_key artifact_key
  `),
)('%s is the name of a key that is no secret', (name) => expect(holdsSecret(name, 'x')).toBe(false));

test.each(['openai_key', 'sort_key_password', 'secretKey', 'token2', 'max_token_secret'])(
  '%s is the name of a secret in spite of its other words',
  (name) => expect(holdsSecret(name, 'x')).toBe(true),
);

test('a number of tokens is not secret, a list of tokens is', () => {
  expect(holdsSecret('max_tokens', 512)).toBe(false);
  expect(holdsSecret('tokens', ['a'])).toBe(true);
});

test('a secret within an object makes the whole object secret', () => {
  expect(holdsSecret('database', { host: 'x', login: [{ password: 'y' }] })).toBe(true);
  expect(holdsSecret('database', { host: 'x', login: [{ user: 'y' }] })).toBe(false);
});

test('a secret within the JSON text of an object makes the text secret, even if it is malformed', () => {
  expect(holdsSecret('database', '{"host": "x", "password": "y"}')).toBe(true);
  expect(holdsSecret('database', "{'apiKey': 'y'")).toBe(true);
  expect(holdsSecret('title', 'password: what it is')).toBe(false);
  expect(holdsSecret('columns', '["password"]')).toBe(false);
});

test('booleans are not secret', () => {
  expect(holdsSecret('use_token', true)).toBe(false);
  expect(holdsSecret('pin_password', 1234)).toBe(true);
});

test('the mark for a hidden secret is recognized wherever it stands for a value', () => {
  expect(holdsMark('••••')).toBe(true);
  expect(holdsMark({ host: 'x', login: [' •••• '] })).toBe(true);
  expect(holdsMark('postgres://bob:••••@db/x')).toBe(true);
  expect(holdsMark('Bearer ••••')).toBe(true);
  expect(holdsMark('•••• is no value')).toBe(false);
  expect(holdsMark('•••••')).toBe(false);
  expect(holdsMark(['•'])).toBe(false);
});
