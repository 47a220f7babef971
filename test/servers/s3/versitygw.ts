import http from 'node:http';
import https from 'node:https';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { S3Credentials } from '../../../src/adapters/s3/requests.ts';
import { ensureCached, system } from '../../../scripts/lib/cache.mjs';
import { mustRun, runCommand } from '../../../scripts/lib/runCommand.mjs';
import { startChild } from '../kubernetes/child.ts';
import { freePorts } from '../kubernetes/ports.ts';
import type { S3Place } from './s3Server.ts';

const version = '1.8.0';

/** Why it cannot be built here; undefined where it can. */
export async function cannotBuild(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'The store of the tests needs a shell of Unix.';
  const { code } = await runCommand('go', ['version']);
  return code === 0 ? undefined : 'The store of the tests is built with Go, which is not here.';
}

/** Builds versitygw at the first use and keeps it by version. It needs Go. */
export async function ensureVersitygw(): Promise<string> {
  const folder = await ensureCached(`versitygw-${version}-${system}`, async (into) => {
    const args = ['install', '-trimpath', `github.com/versity/versitygw/cmd/versitygw@v${version}`];
    await mustRun('go', args, { cwd: into, env: { ...process.env, GOBIN: into } });
  });
  return path.join(folder, 'versitygw');
}

/** What a server speaks TLS with: files, absolute, and the authority of its certificate as PEM. */
interface Tls {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** Starts versitygw on an empty folder. */
export async function startVersitygw(tls?: Tls): Promise<{
  readonly place: S3Place;
  readonly stop: () => Promise<void>;
  /** Ends it at once and starts it again, with what it stores. */
  readonly restart: () => Promise<void>;
}> {
  const program = await ensureVersitygw();
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-s3-'));
  const [root, versions, users] = ['root', 'versions', 'users'].map((name) => path.join(folder, name));
  for (const each of [root, versions, users]) await mkdir(each ?? '');
  const [port = 0] = await freePorts(1);
  const credentials = { accessKey: 'rootroot', secretKey: 'rootsecret1' };
  const args = [
    ...['--access', credentials.accessKey, '--secret', credentials.secretKey],
    ...['--port', `127.0.0.1:${port}`, '--health', '/health', '--iam-dir', users ?? ''],
    ...['--iam-cache-disable', '--quiet', '--keep-alive'],
    ...(tls === undefined ? [] : ['--cert', tls.certificate, '--key', tls.key]),
    ...['posix', '--versioning-dir', versions ?? '', root ?? ''],
  ];
  const endpoint = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const start = async () => {
    const child = startChild(program, args);
    await untilReady(new URL(endpoint), tls?.authority, child.output);
    return child;
  };
  let child = await start();
  return {
    place: {
      address: {
        ...{ name: 'versitygw', endpoint, region: 'us-east-1', pathStyle: true },
        ...(tls === undefined ? {} : { authority: tls.authority }),
      },
      credentials,
    },
    restart: async () => {
      await child.end();
      child = await start();
    },
    stop: async () => {
      await child.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Adds a user with rights to nothing; one that is there already stays. */
export async function addUser({ address, credentials }: S3Place, user: S3Credentials): Promise<void> {
  const program = await ensureVersitygw();
  const owner = ['--access', credentials.accessKey, '--secret', credentials.secretKey];
  const { code, output } = await runCommand(program, [
    ...['admin', ...owner, '--endpoint-url', address.endpoint, 'create-user'],
    ...['--access', user.accessKey, '--secret', user.secretKey, '--role', 'user'],
  ]);
  if (code !== 0 && !output.includes('exists')) throw new Error(output);
}

async function untilReady(address: URL, authority: string | undefined, output: () => string): Promise<void> {
  const end = Date.now() + 20_000;
  while ((await statusOf(new URL('/health', address), authority)) !== 200) {
    if (Date.now() > end) throw new Error(`versitygw does not answer:\n${output()}`);
    await delay(20);
  }
}

function statusOf(address: URL, authority: string | undefined): Promise<number | undefined> {
  return new Promise((resolve) => {
    const { get } = authority === undefined ? http : https;
    const options = authority === undefined ? {} : { ca: authority };
    get(address, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', () => resolve(undefined));
  });
}
