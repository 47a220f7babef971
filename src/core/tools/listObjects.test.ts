import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { FakePipelineBackend } from '../../../test/fakes/fakePipelineBackend.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { toolDeps } from '../../../test/fakes/toolDeps.ts';
import { listObjectsTool } from './listObjects.ts';

const signal = new AbortController().signal;
/** Friday, 8 May 2026, a quarter past two in the afternoon. */
const now = new Date(2026, 4, 8, 14, 15).getTime();
let store: MemoryObjectStore;

beforeEach(() => {
  const at = (month: number, date: number) => new Date(2026, month - 1, date, 9, 30).getTime();
  store = new MemoryObjectStore()
    .put('artifacts', 'iris/1/data.csv', 'old', at(3, 2))
    .put('artifacts', 'iris/2/data.csv', 'april', at(4, 20))
    .put('uploads', 'churn.csv', 'may', at(5, 7));
});

const call = (input: object) =>
  listObjectsTool.call(
    input,
    toolDeps(new FakePipelineBackend(new FakeClock(now)), { objects: store }),
    signal,
  );
const list = async (input: object) => (await call(input)).text;

it('lists objects with their dates', async () => {
  expect(await list({ bucket: 'uploads' })).toContain('| `churn.csv` | 3 B | 2026-05-07 09:30 |');
});

it('lists what was changed in a time, at any depth and in all buckets', async () => {
  const text = await list({ since: 'past month' });
  expect(text).toContain('| `iris/2/data.csv` | 5 B | 2026-04-20 09:30 |');
  expect(text).toContain('Changed in `uploads/` in the time from 2026-04-08 14:15:');
  expect(text).not.toContain('iris/1');
  expect(await list({ bucket: 'artifacts', prefix: 'iris', since: 'april', until: 'april' })).toContain(
    '| `2/data.csv` | 5 B | 2026-04-20 09:30 |',
  );
});

it('names the time in which nothing was changed', async () => {
  expect(await list({ since: 'today' })).toBe(
    'No object in any bucket was changed in the time from 2026-05-08 00:00.',
  );
});

it('gives the next page of a time in one bucket', async () => {
  for (let n = 0; n < 120; n += 1) store.put('uploads', `many/${n}.csv`, 'x', now);
  const { text, mentions } = await call({ bucket: 'uploads', since: 'today' });
  expect(text).toContain('There are more; say "more" for the next');
  const more = mentions.find((mention) => mention.kind === 'more');
  expect(more?.kind === 'more' && more.input).toMatchObject({
    bucket: 'uploads',
    prefix: '',
    since: 'today',
  });
});
