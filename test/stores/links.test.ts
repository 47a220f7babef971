import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { empty, fill, type S3Place } from '../servers/s3/s3Server.ts';

const never = new AbortController().signal;
const bucket = 'shared-links';
const keys = [
  ...['a b.txt', 'a+b.txt', 'a?b.txt', 'a#b.txt', 'a&b=c.txt', '100%.txt', 'a%41b.txt', '007'],
  ...[
    "it's (1)!*.txt",
    'ü/日本 🙂.txt',
    'é.txt',
    'e\u0301.txt',
    '"<tag>".txt',
    'line\nbreak.txt',
    'a:b@c;d,e.txt',
  ],
];

describe.each(Object.entries(inject('stores')))('links to objects on %s', (_, place: S3Place) => {
  const store = createS3(place);
  const link = (key: string, seconds = 60) => store.link?.({ bucket, key }, seconds, never);

  beforeAll(async () => {
    await empty(place, [bucket]);
    await fill(place, { [bucket]: Object.fromEntries(keys.map((key) => [key, `bytes of ${key}`])) });
  });
  afterAll(() => empty(place, [bucket]));

  it.each(keys)('give the object "%s" to whoever has them', async (key) => {
    const answer = await fetch((await link(key)) ?? '');
    expect([answer.status, await answer.text()]).toEqual([200, `bytes of ${key}`]);
  });

  it('lead to one object only, to read it', async () => {
    const address = (await link('007')) ?? '';
    expect((await fetch(address.replace('/007?', '/a%20b.txt?'))).status).toBe(403);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(address.replace('X-Amz-Expires=60', 'X-Amz-Expires=604800'))).status).toBe(403);
  });
});
