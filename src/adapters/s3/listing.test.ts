import { describe, expect, it } from 'vitest';
import { byUtf8, listingQuery, readBuckets, readListing } from './listing.ts';

const listing = (content: string) =>
  `<?xml version="1.0"?><ListBucketResult xmlns="x">${content}</ListBucketResult>`;
const object = (key: string) =>
  `<Contents><Key>${key}</Key><Size>3</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`;
const keysIn = (content: string) => readListing(listing(content)).entries.map(({ key }) => key);

describe('a listing', () => {
  it('has objects and prefixes in the order of their bytes', () => {
    const prefix = '<CommonPrefixes><Prefix>b/</Prefix></CommonPrefixes>';
    expect(readListing(listing(object('z') + object('a.txt') + prefix)).entries).toEqual([
      { kind: 'object', key: 'a.txt', size: 3, modifiedAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
      { kind: 'prefix', key: 'b/' },
      { kind: 'object', key: 'z', size: 3, modifiedAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
    ]);
  });

  it.each([
    ['numbers stay texts', object('007') + object('1.50') + object('0x1F'), ['007', '0x1F', '1.50']],
    ['entities are signs', object('a &amp; b &lt;c&gt; &#39;&#x1F600;'), ["a & b <c> '😀"]],
    ['blanks are kept', object(' a '), [' a ']],
    ['percent and plus stay where the answer does not say that it is encoded', object('100%+a'), ['100%+a']],
    [
      'what is encoded is decoded where the answer says so',
      `<EncodingType>url</EncodingType>${object('a+b%2Bc%20d')}`,
      ['a b+c d'],
    ],
    ['what cannot be decoded stays as it is', `<EncodingType>url</EncodingType>${object('100%')}`, ['100%']],
  ])('%s', (_, content, keys) => {
    expect(keysIn(content)).toEqual(keys);
  });

  it('has a token where there is more, also one that is a number', () => {
    const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>007</NextContinuationToken>';
    expect(readListing(listing(more)).next).toBe('007');
    expect(readListing(listing(more.replace('true', 'false'))).next).toBeUndefined();
  });

  it('is refused where the answer is something else', () => {
    expect(() => readListing('<html>Sign in</html>')).toThrow(/something else/);
  });

  it('is asked for in the order that signatures want', () => {
    expect(listingQuery('a b/', { deep: false, size: 2, token: "it's" })).toBe(
      'continuation-token=it%27s&delimiter=%2F&encoding-type=url&list-type=2&max-keys=2&prefix=a%20b%2F',
    );
  });
});

it('keys are in the order of UTF-8', () => {
  const keys = ['Z', 'a', 'a/b', 'aa', 'é', '\uD7FF', '～', '\u{1D4B3}', '\u{1F600}'];
  expect(keys.toReversed().toSorted(byUtf8)).toEqual(keys);
  const bytes = keys.map((key) => Buffer.from(key)).toSorted((a, b) => Buffer.compare(a, b));
  expect(bytes.map(String)).toEqual(keys);
});

it('buckets are listed by name', () => {
  const bucket = (name: string, at: string) =>
    `<Bucket><Name>${name}</Name><CreationDate>${at}</CreationDate></Bucket>`;
  const xml = `<Buckets>${bucket('b', '2026-01-02T00:00:00Z')}${bucket('a', '')}</Buckets>`;
  expect(readBuckets(xml)).toEqual([{ name: 'a' }, { name: 'b', createdAt: Date.UTC(2026, 0, 2) }]);
});
