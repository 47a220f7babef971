import { afterEach, expect, it } from 'vitest';
import { MemoryObjectStore } from '../../../test/fakes/memoryObjectStore.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { PageServer } from './pageServer.ts';

const store = new MemoryObjectStore()
  .put('artifacts', 'page', '<p>hello</p>')
  .put('artifacts', 'other', 'secret');
const object = { bucket: 'artifacts', key: 'page' };
const server = new PageServer();
afterEach(() => server.close());

it('serves the requested page on an origin of its own', async () => {
  const answer = await fetch(await server.serve(store, object));
  expect(await answer.text()).toBe('<p>hello</p>');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toBe('sandbox allow-scripts allow-popups');
});

it('serves nothing without the right address', async () => {
  const address = new URL(await server.serve(store, object));
  for (const path of ['/', '/other', '/artifacts/page', `${address.pathname}/../other`]) {
    expect((await fetch(new URL(path, address))).status).toBe(404);
  }
  expect((await fetch(address, { method: 'POST' })).status).toBe(404);
});

it('says that an object is gone', async () => {
  const answer = await fetch(await server.serve(store, { bucket: 'artifacts', key: 'gone' }));
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await answer.text()).toContain('gone');
});

it('reads a large page no faster than the browser takes it', async () => {
  const large = new MemoryObjectStore().put('artifacts', 'page', 'x'.repeat(50_000_000));
  let read = 0;
  const counted = {
    stat: large.stat.bind(large),
    async *read(...args: Parameters<typeof large.read>) {
      for await (const part of large.read(...args)) {
        read += part.length;
        yield part;
      }
    },
  };
  const address = await server.serve(counted as unknown as ObjectStore, object);
  const answer = await fetch(address);
  expect(read).toBeLessThan(50_000_000);
  expect((await answer.arrayBuffer()).byteLength).toBe(50_000_000);
});

it('keeps only the newest addresses', async () => {
  const first = await server.serve(store, object);
  for (let page = 0; page < 50; page += 1) await server.serve(store, object);
  expect((await fetch(first)).status).toBe(404);
});
