import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsKeys, awsRegion } from './awsKeys.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'mlops-aws-'));
  await mkdir(path.join(home, '.aws'));
  const lines = [
    '[default]',
    'aws_access_key_id = first',
    'aws_secret_access_key=of the first',
    '',
    '[ work ] # the team',
    'AWS_ACCESS_KEY_ID = second',
    'aws_secret_access_key = of=the=second',
    'aws_session_token = for an hour',
    '[half]',
    'aws_access_key_id = third',
  ];
  await writeFile(path.join(home, '.aws', 'credentials'), lines.join('\r\n'));
  const settings = [
    ...['[default]', 'region = eu-central-1', '[profile work]', 'region=eu-north-1', 'output = json'],
    ...['[profile settings]', 'aws_access_key_id = fourth', 'aws_secret_access_key = of the fourth'],
  ];
  await writeFile(path.join(home, '.aws', 'config'), settings.join('\n'));
});
afterEach(() => rm(home, { recursive: true }));

describe('the keys of the tools of AWS', () => {
  const environment = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'of mine' };

  it('are those of the environment', async () => {
    expect(await awsKeys({ env: environment, home })).toEqual({ accessKey: 'mine', secretKey: 'of mine' });
  });

  it('are those of a profile where one is named, whatever the environment has', async () => {
    expect(await awsKeys({ env: environment, home, profile: 'work' })).toEqual({
      accessKey: 'second',
      secretKey: 'of=the=second',
      sessionToken: 'for an hour',
    });
  });

  it('are those of the default profile, or of the one that the environment names', async () => {
    expect(await awsKeys({ env: {}, home })).toMatchObject({ accessKey: 'first' });
    expect(await awsKeys({ env: { AWS_PROFILE: 'work' }, home })).toMatchObject({ accessKey: 'second' });
  });

  it('are those of the settings where the credentials have none', async () => {
    const keys = { accessKey: 'fourth', secretKey: 'of the fourth' };
    expect(await awsKeys({ env: {}, home, profile: 'settings' })).toEqual(keys);
  });

  it('are none where a profile is not there or not whole, or there is no file', async () => {
    expect(await awsKeys({ env: {}, home, profile: 'nobody' })).toBeUndefined();
    expect(await awsKeys({ env: {}, home, profile: 'half' })).toBeUndefined();
    expect(await awsKeys({ env: {}, home: path.join(home, 'elsewhere') })).toBeUndefined();
  });
});

describe('the region of the tools of AWS', () => {
  it('is that of the environment', async () => {
    expect(await awsRegion({ env: { AWS_REGION: 'us-west-2' }, home })).toBe('us-west-2');
    expect(await awsRegion({ env: { AWS_DEFAULT_REGION: 'us-west-1' }, home })).toBe('us-west-1');
  });

  it('is that of the profile that is named, whatever the environment has', async () => {
    const env = { AWS_REGION: 'us-west-2' };
    expect(await awsRegion({ env, home, profile: 'work' })).toBe('eu-north-1');
    expect(await awsRegion({ env: { AWS_PROFILE: 'work' }, home })).toBe('eu-north-1');
    expect(await awsRegion({ env: {}, home })).toBe('eu-central-1');
  });

  it('is none where nothing says it', async () => {
    expect(await awsRegion({ env: {}, home, profile: 'settings' })).toBeUndefined();
    expect(await awsRegion({ env: {}, home: path.join(home, 'elsewhere') })).toBeUndefined();
  });
});
