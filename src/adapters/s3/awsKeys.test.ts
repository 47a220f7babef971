import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsKeys } from './awsKeys.ts';

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

  it('are none where a profile is not there or not whole, or there is no file', async () => {
    expect(await awsKeys({ env: {}, home, profile: 'nobody' })).toBeUndefined();
    expect(await awsKeys({ env: {}, home, profile: 'half' })).toBeUndefined();
    expect(await awsKeys({ env: {}, home: path.join(home, 'elsewhere') })).toBeUndefined();
  });
});
