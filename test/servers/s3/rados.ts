import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mustRun, runCommand } from '../../../scripts/lib/runCommand.mjs';
import { S3Requests } from '../../../src/adapters/s3/requests.ts';
import { abandonUpload, beginUpload } from '../../../src/adapters/s3/uploadSteps.ts';
import { type Child, startChild } from '../kubernetes/child.ts';
import { freePorts } from '../kubernetes/ports.ts';
import type { S3Place } from './s3Server.ts';

// Ceph's gateway on one monitor and one store in memory: an S3 server that shares no code with versitygw.

const packages = ['ceph-mon', 'ceph-osd', 'radosgw'];
const credentials = { accessKey: 'rootroot', secretKey: 'rootsecret1' };

/** Why the gateway cannot run here; undefined where it can, after it was installed if need be. */
export async function cannotRunRados(): Promise<string | undefined> {
  if (process.platform !== 'linux') return "Ceph's gateway runs on Linux.";
  if (await isInstalled()) return undefined;
  const wanted = `Ceph's gateway is not here: apt-get install --no-install-recommends ${packages.join(' ')}`;
  const before = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const run = (...args: string[]) => {
    const [command = '', ...rest] = [...before, 'apt-get', ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return runCommand(command, rest, { env, timeoutMs: 300_000 });
  };
  if ((await run('--version')).code !== 0) return wanted;
  await run('update', '-qq');
  const { code, output } = await run('install', '-y', '-qq', '--no-install-recommends', ...packages);
  return code === 0 && (await isInstalled()) ? undefined : `${wanted}\n${output.slice(-2000)}`;
}

async function isInstalled(): Promise<boolean> {
  const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph'];
  const found = await Promise.all(programs.map((program) => runCommand(program, ['--version'])));
  return found.every(({ code }) => code === 0);
}

/** Starts the gateway with nothing in it; the state is in memory and gone when it stops. */
export async function startRados(): Promise<{ readonly place: S3Place; readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-rados-'));
  const children: Child[] = [];
  const stop = async () => {
    for (const child of children.toReversed()) await child.end();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const place = await startIn(folder, children);
    await makePools(place);
    return { place, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startIn(folder: string, children: Child[]): Promise<S3Place> {
  const [monitorPort = 0, port = 0] = await freePorts(2);
  const [cluster, store] = [randomUUID(), randomUUID()];
  const settings = path.join(folder, 'ceph.conf');
  for (const name of ['mon', 'osd', 'rgw', 'run', 'log']) await mkdir(path.join(folder, name));
  await writeFile(settings, settingsOf(folder, cluster, monitorPort));
  const run = (program: string, ...args: string[]) =>
    mustRun(program, ['-c', settings, ...args], { timeoutMs: 120_000 });
  const start = (program: string, ...args: string[]) => {
    const child = startChild(program, ['-c', settings, ...args]);
    children.push(child);
    return child;
  };
  await run('ceph-mon', '-i', 'a', '--mkfs', '--fsid', cluster);
  start('ceph-mon', '-i', 'a', '-f');
  await run('ceph', 'osd', 'new', store);
  await run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', store);
  start('ceph-osd', '-i', '0', '-f');
  const keys = [`--access-key=${credentials.accessKey}`, `--secret-key=${credentials.secretKey}`];
  await run('radosgw-admin', 'user', 'create', '--uid=root', '--display-name=root', ...keys);
  const frontend = `--rgw-frontends=beast endpoint=127.0.0.1:${port}`;
  const gateway = start('radosgw', '-n', 'client.rgw.a', '-f', frontend);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilReady(endpoint, gateway);
  return { address: { name: 'rados', endpoint, region: 'us-east-1', pathStyle: true }, credentials };
}

/** The gateway makes the pool of uploads in parts at the first of them, which takes seconds. */
async function makePools({ address, credentials }: S3Place): Promise<void> {
  const requests = new S3Requests(address, credentials);
  const signal = AbortSignal.timeout(60_000);
  const name = { bucket: 'first', key: 'upload' };
  await requests.text({ method: 'PUT', bucket: name.bucket }, signal);
  await abandonUpload(requests, await beginUpload(requests, name, {}, signal), signal);
  await requests.text({ method: 'DELETE', bucket: name.bucket, expected: [204] }, signal);
}

async function untilReady(address: string, gateway: Child): Promise<void> {
  const end = Date.now() + 60_000;
  while ((await fetch(address).catch(() => undefined))?.ok !== true) {
    if (Date.now() > end) throw new Error(`Ceph's gateway does not answer:\n${gateway.output()}`);
    await delay(50);
  }
}

/** No keys between the daemons, one copy of everything, and everything on the loopback. */
function settingsOf(folder: string, cluster: string, monitorPort: number): string {
  const settings = {
    fsid: cluster,
    'mon host': `v2:127.0.0.1:${monitorPort}/0`,
    'mon initial members': 'a',
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'auth cluster required': 'none',
    'auth service required': 'none',
    'auth client required': 'none',
    // The gateway's own default wants keys, and would try for ever without.
    'ms mon client mode': 'crc',
    'auth allow insecure global id reclaim': true,
    'run dir': path.join(folder, 'run'),
    'admin socket': path.join(folder, 'run', '$name.asok'),
    'log file': path.join(folder, 'log', '$name.log'),
    'pid file': '',
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pgp num': 1,
    'osd pool default pg autoscale mode': 'off',
    'osd crush chooseleaf type': 0,
    'mon allow pool size one': true,
    'mon max pg per osd': 1000,
    'mon data avail warn': 1,
    'mon data avail crit': 1,
    'mon data': path.join(folder, 'mon'),
    'osd data': path.join(folder, 'osd'),
    'osd objectstore': 'memstore',
    'memstore device bytes': 4 * 1024 ** 3,
    'rgw data': path.join(folder, 'rgw'),
    'rgw enable usage log': false,
    'rgw enable ops log': false,
    'rgw run sync thread': false,
    'rgw thread pool size': 64,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  // A monitor takes the port of its name in `mon host` only where nothing else is said of its address.
  return ['[global]', ...lines, '[mon.a]', `public addrv = v2:127.0.0.1:${monitorPort}/0`, ''].join('\n');
}
