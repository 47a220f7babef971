import path from 'node:path';
import { cacheFolder, ensureCached, system } from '../../scripts/lib/cache.mjs';
import { mustRun, runCommand } from '../../scripts/lib/runCommand.mjs';
import type { S3Place } from '../servers/s3/s3Server.ts';

/** A program that transfers a folder to a bucket and back. */
export interface StorePeer {
  readonly name: string;
  up(folder: string, bucket: string): Promise<Took>;
  down(bucket: string, folder: string): Promise<Took>;
}

/** Seconds on the clock, and of processors in the program itself. */
export interface Took {
  readonly seconds: number;
  readonly cpu: number;
}

const rcloneVersion = '1.76.0';

/** rclone, built from its Go module at the first use: five minutes. */
export async function rclone({ address, credentials }: S3Place): Promise<StorePeer> {
  const folder = await ensureCached(`rclone-${rcloneVersion}-${system}`, async (into) => {
    const args = ['install', '-trimpath', `github.com/rclone/rclone@v${rcloneVersion}`];
    await mustRun('go', args, { cwd: into, env: { ...process.env, GOBIN: into } });
  });
  const program = path.join(folder, 'rclone');
  const env = {
    ...process.env,
    RCLONE_CONFIG: '/dev/null',
    RCLONE_CONFIG_STORE_TYPE: 's3',
    RCLONE_CONFIG_STORE_PROVIDER: 'Other',
    RCLONE_CONFIG_STORE_ENDPOINT: address.endpoint,
    RCLONE_CONFIG_STORE_REGION: address.region,
    RCLONE_CONFIG_STORE_ACCESS_KEY_ID: credentials.accessKey,
    RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY: credentials.secretKey,
  };
  const more = ['--transfers', '16', '--s3-chunk-size', '16M', '--s3-upload-concurrency', '4'];
  const copy = (from: string, to: string) => timed([program, 'copy', ...more, from, to], env);
  return {
    name: 'rclone',
    up: (from, bucket) => copy(from, `store:${bucket}`),
    down: (bucket, to) => copy(`store:${bucket}`, to),
  };
}

/** The command line of AWS, installed from PyPI at the first use. */
export async function awsCli({ address, credentials }: S3Place): Promise<StorePeer> {
  const folder = await ensureCached(`awscli-${system}`, async (into) => {
    await mustRun('python3', ['-m', 'venv', into]);
    await mustRun(path.join(into, 'bin', 'pip'), ['install', '--quiet', 'awscli']);
  });
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKey,
    AWS_SECRET_ACCESS_KEY: credentials.secretKey,
    AWS_DEFAULT_REGION: address.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: path.join(cacheFolder, 'no-such-file'),
  };
  const program = path.join(folder, 'bin', 'aws');
  const more = ['--endpoint-url', address.endpoint, '--recursive', '--only-show-errors'];
  const copy = (from: string, to: string) => timed([program, 's3', 'cp', from, to, ...more], env);
  return {
    name: 'aws',
    up: (from, bucket) => copy(from, `s3://${bucket}`),
    down: (bucket, to) => copy(`s3://${bucket}`, to),
  };
}

/** What a command takes, as bash counts it. */
async function timed(command: readonly string[], env: NodeJS.ProcessEnv): Promise<Took> {
  const script = 'TIMEFORMAT="took %R %U %S"; time "$@"';
  const { code, output } = await runCommand('bash', ['-c', script, 'bash', ...command], { env });
  const [, seconds, user, kernel] = /took ([\d.]+) ([\d.]+) ([\d.]+)/.exec(output) ?? [];
  if (code !== 0 || seconds === undefined) throw new Error(`${command.join(' ')}:\n${output}`);
  return { seconds: Number(seconds), cpu: Number(user) + Number(kernel) };
}
