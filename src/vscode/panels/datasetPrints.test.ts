import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { RunId } from '../../core/domain/run.ts';
import { datasetPrints, type KnownPrints } from './datasetPrints.ts';

const never = new AbortController().signal;

class CountedStore extends MemoryObjectStore {
  readonly readKeys: string[] = [];
  override read(...args: Parameters<MemoryObjectStore['read']>): AsyncIterable<Uint8Array> {
    this.readKeys.push(args[1]);
    return super.read(...args);
  }
}

const runWith = (id: string, key: string) => {
  const rows = {
    name: 'rows',
    type: 'Dataset',
    uri: key,
    metadata: {},
    object: { bucket: 'artifacts', key },
  };
  return aRun({ id, tasks: [aTask({ path: 'split', artifacts: [rows] })] });
};

describe('the prints of datasets', () => {
  const store = new CountedStore()
    .put('artifacts', 'a', 'one')
    .put('artifacts', 'same', 'one')
    .put('artifacts', 'other', 'two') as CountedStore;
  let known: KnownPrints;
  const printsOf = async (...keys: readonly string[]) => {
    const runs = keys.map((key, index) => runWith(`iris-${index}`, key));
    const prints = await datasetPrints(runs, store, known, never);
    return keys.map((_, index) => prints.get(`iris-${index}` as RunId)?.get('split/rows'));
  };
  beforeEach(() => {
    known = new Map();
    store.readKeys.length = 0;
  });

  it('are equal where the content is, and only there', async () => {
    const [first, same, other] = await printsOf('a', 'same', 'other');
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });

  it('are read once for each object, however often they are asked for', async () => {
    const before = await printsOf('a', 'a', 'other');
    expect(await printsOf('a', 'a', 'other')).toEqual(before);
    expect(store.readKeys).toEqual(['a', 'other']);
  });

  it('are left out for what cannot be read, and looked for again', async () => {
    expect(await printsOf('gone', 'a')).toEqual([undefined, expect.any(String)]);
    store.put('artifacts', 'gone', 'here now');
    expect(await printsOf('gone')).toEqual([expect.any(String)]);
  });
});
