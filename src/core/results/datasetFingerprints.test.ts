import { beforeEach, describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { RunId } from '../domain/run.ts';
import { comparedBytes } from './datasets.ts';
import { datasetFingerprints, type KnownFingerprints } from './datasetFingerprints.ts';

const never = new AbortController().signal;

class CountedStore extends MemoryObjectStore {
  readonly readKeys: string[] = [];
  override read(...args: Parameters<MemoryObjectStore['read']>): AsyncIterable<Uint8Array> {
    this.readKeys.push(args[1]);
    return super.read(...args);
  }
}

const runWith = (id: string, key: string, name = 'rows') => {
  const rows = {
    name,
    type: 'Dataset',
    uri: key,
    metadata: {},
    object: { bucket: 'artifacts', key },
  };
  return aRun({ id, tasks: [aTask({ path: 'split', artifacts: [rows] })] });
};

describe('the fingerprints of datasets', () => {
  const store = new CountedStore()
    .put('artifacts', 'a', 'one')
    .put('artifacts', 'same', 'one')
    .put('artifacts', 'other', 'two') as CountedStore;
  let known: KnownFingerprints;
  const fingerprintsOf = async (...keys: readonly string[]) => {
    const runs = keys.map((key, index) => runWith(`iris-${index}`, key));
    const fingerprints = await datasetFingerprints(runs, store, known, never);
    return keys.map((_, index) => fingerprints.get(`iris-${index}` as RunId)?.get('split/rows'));
  };
  beforeEach(() => {
    known = new Map();
    store.readKeys.length = 0;
  });

  it('are equal exactly where the content is equal', async () => {
    const [first, same, other] = await fingerprintsOf('a', 'same', 'other');
    expect(first).toEqual({ fingerprint: expect.any(String) });
    expect(same).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('are computed once per object, however often they are requested', async () => {
    const before = await fingerprintsOf('a', 'a', 'other');
    expect(await fingerprintsOf('a', 'a', 'other')).toEqual(before);
    expect(store.readKeys).toEqual(['a', 'other']);
  });

  it('say what cannot be read, and retry it', async () => {
    expect(await fingerprintsOf('gone', 'a')).toEqual([
      { unread: 'unreadable' },
      { fingerprint: expect.any(String) },
    ]);
    store.put('artifacts', 'gone', 'here now');
    expect(await fingerprintsOf('gone')).toEqual([{ fingerprint: expect.any(String) }]);
  });

  it('say of a large dataset that only its beginning was read, and of which object', async () => {
    const long = 'x'.repeat(comparedBytes);
    store.put('artifacts', 'long', `${long}1`).put('artifacts', 'longer', `${long}2`);
    store.put('artifacts', 'whole', long);
    const [first, second, short] = await fingerprintsOf('long', 'longer', 'whole');
    expect(first).toEqual({ fingerprint: expect.any(String), beginningOf: expect.stringContaining('long') });
    expect(second).toMatchObject({
      fingerprint: first !== undefined && 'fingerprint' in first ? first.fingerprint : '',
    });
    expect(second).not.toEqual(first);
    expect(short).toEqual({ fingerprint: expect.any(String) });
  });

  it('say what is a folder and what is too much to read', async () => {
    expect(await fingerprintsOf('folder/')).toEqual([{ unread: 'folder' }]);
    const many = await fingerprintsOf(...Array.from({ length: 13 }, () => 'a'));
    expect(many.slice(11)).toEqual([{ fingerprint: expect.any(String) }, { unread: 'tooManyRuns' }]);
    const names = Array.from({ length: 21 }, (_, index) => `rows-${index}`);
    const tasks = names.flatMap((name) => runWith('iris-1', 'a', name).tasks);
    const wide = await datasetFingerprints([aRun({ id: 'iris-1', tasks })], store, known, never);
    const fingerprints = wide.get('iris-1' as RunId);
    expect(fingerprints?.get('split/rows-19')).toEqual({ fingerprint: expect.any(String) });
    expect(fingerprints?.get('split/rows-20')).toEqual({ unread: 'tooManyDatasets' });
  });
});
