import path from 'node:path';
import { readBounded } from '../node/files.ts';
import type { S3Credentials } from './requests.ts';

/** Where keys may be that a person has for other programs. */
export interface AwsPlaces {
  readonly env: { readonly [name: string]: string | undefined };
  /** The person's folder. */
  readonly home: string;
  /** A profile of the file of credentials; with it the environment is not looked at. */
  readonly profile?: string;
}

const largestFile = 1_000_000;

/**
 * The keys that the tools of AWS would take: those of the environment, else of a profile in `~/.aws/credentials`
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html). Undefined where there are none.
 */
export async function awsKeys({ env, home, profile }: AwsPlaces): Promise<S3Credentials | undefined> {
  const fromEnvironment = keysOf(
    new Map([
      ['aws_access_key_id', env['AWS_ACCESS_KEY_ID']],
      ['aws_secret_access_key', env['AWS_SECRET_ACCESS_KEY']],
      ['aws_session_token', env['AWS_SESSION_TOKEN']],
    ]),
  );
  if (profile === undefined && fromEnvironment !== undefined) return fromEnvironment;
  const file = env['AWS_SHARED_CREDENTIALS_FILE'] ?? path.join(home, '.aws', 'credentials');
  const name = profile ?? env['AWS_PROFILE'] ?? 'default';
  return keysOf(await sectionOf(file, name)) ?? keysOf(await configured({ env, home }, name));
}

/** The region that the tools of AWS would take, where they have one: of the environment, else of the profile in `~/.aws/config`. */
export async function awsRegion({ env, home, profile }: AwsPlaces): Promise<string | undefined> {
  const fromEnvironment = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (profile === undefined && fromEnvironment) return fromEnvironment;
  const name = profile ?? env['AWS_PROFILE'] ?? 'default';
  const region = (await configured({ env, home }, name)).get('region');
  return region === '' ? undefined : region;
}

/** The file of settings calls its sections `profile work`, but for `default`. */
function configured(
  { env, home }: Omit<AwsPlaces, 'profile'>,
  name: string,
): Promise<ReadonlyMap<string, string>> {
  const file = env['AWS_CONFIG_FILE'] ?? path.join(home, '.aws', 'config');
  return sectionOf(file, name === 'default' ? name : `profile ${name}`);
}

/** Empty where the file or the section is not there. */
async function sectionOf(file: string, title: string): Promise<ReadonlyMap<string, string>> {
  const text = await readBounded(file, largestFile).catch(() => undefined);
  return text === undefined ? new Map() : section(text, title);
}

function keysOf(values: ReadonlyMap<string, string | undefined>): S3Credentials | undefined {
  const names = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];
  const [accessKey = '', secretKey = '', sessionToken = ''] = names.map((name) => values.get(name));
  if (accessKey === '' || secretKey === '') return undefined;
  return { accessKey, secretKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}

/** The lines `name = value` below `[title]`. */
function section(text: string, title: string): ReadonlyMap<string, string> {
  let current = '';
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const heading = /^\s*\[\s*(.*?)\s*\]/.exec(line)?.[1];
    if (heading !== undefined) current = heading;
    const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (current === title && name !== undefined) values.set(name.toLowerCase(), value ?? '');
  }
  return values;
}
