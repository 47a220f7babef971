import { expect, it } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import { readReport } from './readReport.ts';

const object = (key: string) => ({ bucket: 'artifacts', key });

it('returns the text of a page', async () => {
  const store = new MemoryObjectStore().put('artifacts', 'page', '<p>hello</p>');
  expect(await readReport(store, object('page'), 'html')).toEqual({ kind: 'html', text: '<p>hello</p>' });
});

it('says how large a page is when it is too large, and what to do', async () => {
  const store = new MemoryObjectStore().put('artifacts', 'page', 'x'.repeat(5_000_000));
  expect(await readReport(store, object('page'), 'html')).toEqual({
    kind: 'unshown',
    message: 'It has 5 MB; up to 750 kB are shown here. Open it in the browser.',
  });
  expect(await readReport(store, object('page'), 'markdown')).toEqual({
    kind: 'unshown',
    message: 'It has 5 MB; up to 500 kB are shown here. Open it as text.',
  });
});

it('does not show binary content as text', async () => {
  const store = new MemoryObjectStore().put('artifacts', 'page', new Uint8Array([60, 0, 1]));
  expect(await readReport(store, object('page'), 'html')).toMatchObject({ kind: 'unshown' });
});

it('says that a page is gone', async () => {
  const store = new MemoryObjectStore().put('artifacts', 'other', '');
  expect(await readReport(store, object('page'), 'html')).toMatchObject({
    kind: 'unshown',
    message: expect.stringContaining('page'),
  });
});
