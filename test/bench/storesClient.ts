import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileSource } from '../../src/adapters/node/fileSource.ts';
import { fileTarget } from '../../src/adapters/node/fileTarget.ts';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import type { S3Place } from '../servers/s3/s3Server.ts';

// Transfers a folder in a process of its own, as the extension does in one that is there already, and prints the seconds.
// Arguments, as one JSON text: Work.

/** What is transferred, and how. */
export interface Work {
  readonly place: S3Place;
  readonly way: 'up' | 'down';
  readonly bucket: string;
  readonly folder: string;
}

const never = new AbortController().signal;
/** Files at once: more gain nothing on two cores. */
const atOnce = 8;

const work = JSON.parse(process.argv[2] ?? '') as Work;
const store = createS3(work.place);
const before = process.cpuUsage();
const started = performance.now();
await (work.way === 'up' ? upload(work) : download(work));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1_000_000 }));
process.exit();

async function upload({ bucket, folder }: Work): Promise<void> {
  await each(await readdir(folder), async (name) => {
    await store.writes?.put({ bucket, key: name }, await fileSource(path.join(folder, name)), {}, never);
  });
}

async function download({ bucket, folder }: Work): Promise<void> {
  await mkdir(folder, { recursive: true });
  let page: string | undefined;
  do {
    const query = { prefix: '', deep: true, size: 1000, ...(page === undefined ? {} : { page }) };
    const listed = await store.listObjects(bucket, query, never);
    await each(listed.items, async ({ key }) => {
      const target = await fileTarget(path.join(folder, key));
      await store.download?.({ bucket, key }, target, () => undefined, never);
      await target.finish();
    });
    page = listed.next;
  } while (page !== undefined);
}

async function each<T>(items: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await one(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
