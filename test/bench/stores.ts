import { randomFillSync } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/lib/runCommand.mjs';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { S3Requests } from '../../src/adapters/s3/requests.ts';
import { million, startMillionObjects } from '../servers/s3/millionObjects.ts';
import { empty, type S3Place } from '../servers/s3/s3Server.ts';
import { startVersitygw } from '../servers/s3/versitygw.ts';
import { type Figure, figure, median } from './figure.ts';
import { awsCli, rclone, type StorePeer, type Took } from './storePeers.ts';
import type { Work } from './storesClient.ts';

const never = new AbortController().signal;
const bucket = 'bench';
const pieceBytes = 16 * 1024 * 1024;
/** Ours may take so much of the faster one's time. */
const most = { up: 0.7, down: 1.2, page: 1.2 };
const timesOf = (limit: number) => Number((1 / limit).toFixed(2));
const pages = 31;

/** What is transferred: files and the bytes of each. */
interface Load {
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
}
const loads: readonly Load[] = [
  { what: '1 GB', files: 1, bytes: 1_000_000_000 },
  { what: '5,000 files of 10 KB', files: 5000, bytes: 10_000 },
];

/** Transfers by ours, rclone and the command line of AWS, by turns on one versitygw; the first page of a million objects. */
export async function stores(samples: number): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mlops-bench-'));
  const { place, stop } = await startVersitygw();
  try {
    const clients = [ours(place), await rclone(place), await awsCli(place)];
    const figures: Figure[] = [];
    for (const load of loads) figures.push(...(await transfers(load, { place, clients, folder, samples })));
    return [...figures, ...(await firstPage())];
  } finally {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, so that its processors' time is known. */
function ours(place: S3Place): StorePeer {
  const client = path.join(import.meta.dirname, 'storesClient.ts');
  const run = async (work: Omit<Work, 'place'>) => {
    const output = await mustRun(process.execPath, [client, JSON.stringify({ place, ...work })]);
    return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Took;
  };
  return {
    name: 'ours',
    up: (folder, into) => run({ way: 'up', bucket: into, folder }),
    down: (from, folder) => run({ way: 'down', bucket: from, folder }),
  };
}

interface Bench {
  readonly place: S3Place;
  readonly clients: readonly StorePeer[];
  readonly folder: string;
  readonly samples: number;
}

async function transfers(load: Load, { place, clients, folder, samples }: Bench): Promise<readonly Figure[]> {
  const requests = new S3Requests(place.address, place.credentials);
  const source = await filled(path.join(folder, `${load.files} files`), load);
  const took = clients.map(() => ({ up: new Array<Took>(), down: new Array<Took>() }));
  for (let sample = 0; sample < samples; sample += 1)
    for (const [index, client] of clients.entries()) {
      await empty(place, [bucket]);
      await requests.text({ method: 'PUT', bucket }, never);
      const arrived = path.join(folder, 'arrived');
      took[index]?.up.push(await client.up(source, bucket));
      took[index]?.down.push(await client.down(bucket, arrived));
      await checkArrived(arrived, load);
      await rm(arrived, { recursive: true });
    }
  await empty(place, [bucket]);
  await rm(source, { recursive: true });
  return (['up', 'down'] as const).flatMap((way) => {
    const [own, ...others] = took.map((each) => each[way]);
    return compared(`${load.what} ${way}`, own ?? [], { others, names: clients.slice(1), limit: most[way] });
  });
}

function compared(
  what: string,
  own: readonly Took[],
  {
    others,
    names,
    limit,
  }: {
    readonly others: readonly (readonly Took[])[];
    readonly names: readonly StorePeer[];
    readonly limit: number;
  },
): readonly Figure[] {
  const peers = others.map((took, index) => ({
    peer: names[index]?.name ?? '',
    median: median(took.map(({ seconds }) => seconds)),
    cpu: median(took.map(({ cpu }) => cpu)),
  }));
  const faster = Math.min(...peers.map((peer) => peer.median));
  const seconds = own.map((took) => took.seconds);
  const cpu = own.map((took) => took.cpu);
  return peers.flatMap(({ peer, median: theirs, cpu: theirCpu }) => [
    figure(what, 's', seconds, {
      ...{ peer, median: theirs },
      ...(theirs === faster ? { times: timesOf(limit) } : {}),
    }),
    figure('  its CPU time', 's', cpu, { peer, median: theirCpu }),
  ]);
}

/** The first page as the tree asks for it, against the same request without anything around it. */
async function firstPage(): Promise<readonly Figure[]> {
  const { place, stop } = await startMillionObjects();
  try {
    const store = createS3(place);
    const query = { prefix: million.prefix, size: 1000 };
    const raw = `${place.address.endpoint}/${million.bucket}?delimiter=%2F&encoding-type=url&list-type=2&max-keys=1000&prefix=data%2F`;
    const agent = new http.Agent({ keepAlive: true });
    const samples = { own: new Array<number>(), raw: new Array<number>() };
    for (let sample = 0; sample < pages; sample += 1) {
      samples.raw.push(await milliseconds(() => bodyOf(raw, agent)));
      samples.own.push(await milliseconds(() => store.listObjects(million.bucket, query, never)));
    }
    agent.destroy();
    const against = { peer: 'a raw call', median: median(samples.raw), times: timesOf(most.page) };
    return [figure('first page of 1,000,000 objects', 'ms', samples.own, against)];
  } finally {
    await stop();
  }
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function bodyOf(address: string, agent: http.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(address, { agent }, (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          body += piece;
        });
        answer.on('end', () => resolve(body));
      })
      .on('error', reject);
  });
}

/** A folder with files of bytes that do not compress. */
async function filled(folder: string, { files, bytes }: Load): Promise<string> {
  await mkdir(folder);
  for (let number = 0; number < files; number += 1) {
    const file = path.join(folder, `${String(number).padStart(5, '0')}.bin`);
    if (bytes <= pieceBytes) {
      await writeFile(file, randomFillSync(Buffer.alloc(bytes)));
      continue;
    }
    const handle = await open(file, 'w');
    for (let left = bytes; left > 0; left -= pieceBytes)
      await handle.write(randomFillSync(Buffer.alloc(Math.min(pieceBytes, left))));
    await handle.close();
  }
  return folder;
}

async function checkArrived(folder: string, { files, bytes }: Load): Promise<void> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
  if (names.length !== files || sizes.some((size) => size !== bytes))
    throw new Error(`${names.length} of ${files} files arrived.`);
}
