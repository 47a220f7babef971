import { beforeEach, describe, expect, test } from 'vitest';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { moment } from '../../core/text/dates.ts';
import { FakeClock } from '../../../test/fakes/fakeClock.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { rowLines } from '../../../test/vscode/rowLines.ts';
import { StorageSource } from './storageSource.ts';

const never = new AbortController().signal;
let store: MemoryObjectStore;
let clock: FakeClock;
let drawn: number;
let source: StorageSource;

beforeEach(() => {
  store = new MemoryObjectStore();
  clock = new FakeClock();
  drawn = 0;
  source = new StorageSource(store, clock, () => (drawn += 1));
});

const lines = () => rowLines(source.branches(clock.now()));

describe('the Storage view', () => {
  test('shows buckets, prefixes and objects when expanded', async () => {
    store.put('artifacts', 'iris/iris-1/model.json', 'x'.repeat(1234)).put('artifacts', 'notes.md', 'hi');
    await source.load('');
    expect(lines()).toEqual(['artifacts']);
    await source.load('folder:artifacts/');
    expect(lines()).toEqual(['artifacts', '  iris', '  notes.md | 2 B, 3 h ago']);
    await source.load('folder:artifacts/iris/');
    await source.load('folder:artifacts/iris/iris-1/');
    expect(lines()).toEqual([
      'artifacts',
      '  iris',
      '    iris-1',
      '      model.json | 1.2 kB, 3 h ago',
      '  notes.md | 2 B, 3 h ago',
    ]);
  });

  test('opens an object by its bucket and full key', async () => {
    store.put('artifacts', 'a b/c.csv', '1');
    await source.load('');
    await source.load('folder:artifacts/');
    await source.load('folder:artifacts/a b/');
    const row = source.branches(0)?.[0]?.children?.[0]?.children?.[0]?.row;
    expect(row).toMatchObject({
      target: { bucket: 'artifacts', key: 'a b/c.csv' },
      context: 'object.changes.versions.links',
      spoken: `c.csv, 1 B, changed ${moment(store.modifiedAt)}`,
      click: { command: 'mlops.openObject' },
    });
  });

  test('is read page by page, and read again as far as it was shown', async () => {
    for (let index = 0; index < 2500; index += 1)
      store.put('big', `object-${String(index).padStart(4, '0')}`, '');
    await source.load('');
    await source.load('folder:big/');
    expect(lines()).toHaveLength(1 + 100 + 1);
    expect(lines().at(-1)).toBe('  Load more');
    await source.showMore('folder:big/');
    expect(lines()).toHaveLength(1 + 1100 + 1);
    await source.refresh();
    expect(lines()).toHaveLength(1 + 1100 + 1);
    await source.showMore('folder:big/');
    await source.showMore('folder:big/');
    expect(new Set(lines()).size).toBe(1 + 2500);
  });

  test('shows only the names with a text until that is taken back', async () => {
    store.put('data', 'april.csv', '1').put('data', 'may.csv', '1').put('data', 'April/x', '1');
    await source.load('');
    await source.filter({ bucket: 'data', prefix: '' }, 'apr');
    expect(lines()).toEqual(['data | only “apr”', '  April', '  april.csv | 1 B, 3 h ago']);
    const row = source.branches(0)?.[0]?.row;
    expect(row).toMatchObject({ context: 'bucket.changes.filtered', spoken: 'data, bucket, only “apr”' });
    await source.filter({ bucket: 'data', prefix: '' }, 'june');
    expect(lines()).toEqual(['data | only “june”', '  No such name']);
    await source.filter({ bucket: 'data', prefix: '' }, '');
    expect(lines()).toHaveLength(4);
  });

  test('loses a bucket that was deleted under it', async () => {
    store.put('data', 'x/a', '1').put('other', 'b', '1');
    await source.load('');
    await source.load('folder:data/');
    await store.writes.delete('data', ['x/a'], never);
    await store.writes.deleteBucket('data', never);
    await source.load('folder:data/x/');
    expect(lines()).toEqual(['other']);
    await source.refresh();
    expect(lines()).toEqual(['other']);
  });

  test('offers no changes of a connection that is read-only', async () => {
    store.put('data', 'a', '');
    source = new StorageSource(store, clock, () => undefined, true);
    await source.load('');
    expect(source.branches(0)?.[0]?.row.context).toBe('bucket');
  });

  test('is empty without buckets, so that the welcome is shown', async () => {
    await source.load('');
    expect(source.branches(0)).toEqual([]);
  });

  test('says why a bucket cannot be read and shows the others', async () => {
    store.put('mine', 'a', '').put('yours', 'b', '');
    const listObjects = store.listObjects.bind(store);
    store.listObjects = async (bucket, query, signal) => {
      if (bucket === 'yours')
        throw new MlopsError('forbidden', 'You may not read yours', { hint: 'Ask its owner.' });
      return listObjects(bucket, query, signal);
    };
    await source.load('');
    await source.load('folder:mine/');
    await source.load('folder:yours/');
    expect(lines()).toEqual([
      'mine',
      '  a | 0 B, 3 h ago',
      'yours',
      '  You may not read yours | Ask its owner.',
    ]);
  });
});

test('objects that a run wrote appear after one read for many changes', async () => {
  await source.load('');
  const changes = [
    source.change({ kind: 'runs' }),
    source.change({ kind: 'runs' }),
    source.change({ kind: 'runs' }),
  ];
  store.put('artifacts', 'iris/model', '');
  expect(lines()).toEqual([]);
  await clock.advance(10_000);
  await Promise.all(changes);
  expect(lines()).toEqual(['artifacts']);
  expect(drawn).toBeLessThanOrEqual(2);
});
