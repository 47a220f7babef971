import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { S3Place } from './s3Server.ts';

/** Where the objects are: `many/data/0000000.csv` and on. */
export const million = { bucket: 'many', prefix: 'data/', count: 1_000_000 };
const digits = 7;

/** A server that has a million objects to list, and nothing else: they are made up as they are asked for. */
export async function startMillionObjects(): Promise<{
  readonly place: S3Place;
  /** Requests that came so far. */
  readonly calls: () => number;
  readonly stop: () => Promise<void>;
}> {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-type', 'application/xml');
    response.end(listing(searchParams));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    place: {
      address: { name: 'a million objects', endpoint, region: 'us-east-1', pathStyle: true },
      credentials: { accessKey: 'any', secretKey: 'any' },
    },
    calls: () => calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listing(query: URLSearchParams): string {
  const { prefix, count } = million;
  const size = Number(query.get('max-keys') ?? 1000);
  const isTop = query.get('delimiter') === '/' && (query.get('prefix') ?? '') === '';
  if (isTop) return page(`<CommonPrefixes><Prefix>${prefix}</Prefix></CommonPrefixes>`, undefined);
  const token = query.get('continuation-token');
  const start = token === null ? 0 : Number(token.slice(prefix.length, prefix.length + digits)) + 1;
  const end = Math.min(count, start + size);
  const rows: string[] = [];
  for (let number = start; number < end; number += 1) rows.push(row(number));
  return page(rows.join(''), end < count ? keyOf(end - 1) : undefined);
}

const keyOf = (number: number) => `${million.prefix}${String(number).padStart(digits, '0')}.csv`;

function row(number: number): string {
  const etag = `<ETag>&quot;${String(number).padStart(32, '0')}&quot;</ETag>`;
  return `<Contents><Key>${keyOf(number)}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified>${etag}<Size>${number}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

function page(content: string, next: string | undefined): string {
  const more =
    next === undefined
      ? '<IsTruncated>false</IsTruncated>'
      : `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${million.bucket}</Name>${more}${content}</ListBucketResult>`;
}
