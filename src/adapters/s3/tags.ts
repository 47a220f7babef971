import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { ObjectName } from '../../core/ports/objectWrites.ts';
import { checkKey } from './checkKey.ts';
import { md5Header } from './checksums.ts';
import { encoded } from './listing.ts';
import type { S3Requests } from './requests.ts';
import { versionQuery } from './stat.ts';
import { elements, escaped, textOf } from './xml.ts';

/** Names and values. */
export interface Tags {
  readonly [name: string]: string;
}

/** The tags of an object, by name: servers give them in any order. */
export async function getTags(
  requests: S3Requests,
  { bucket, key, version }: ObjectName & { readonly version?: string | undefined },
  signal: AbortSignal,
): Promise<Tags> {
  if (version === undefined) await checkKey(requests, { bucket, key }, signal);
  const query = version === undefined ? 'tagging' : `tagging=&${versionQuery(version)}`;
  const xml = await requests.text({ method: 'GET', bucket, key, query }, signal);
  const found = elements(xml, 'Tag').map(
    (tag) => [textOf(tag, 'Key') ?? '', textOf(tag, 'Value') ?? ''] as const,
  );
  return Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Replaces the tags of an object. */
export async function setTags(
  requests: S3Requests,
  { bucket, key }: ObjectName,
  tags: Tags,
  signal: AbortSignal,
): Promise<void> {
  await checkKey(requests, { bucket, key }, signal);
  const to = { bucket, key, query: 'tagging', expected: [200, 204] };
  const entries = Object.entries(tags);
  if (entries.some(([name]) => name === '')) throw new MlopsError('invalid', 'A tag needs a name.');
  if (entries.length === 0) {
    await requests.text({ ...to, method: 'DELETE' }, signal);
    return;
  }
  const set = entries.map(
    ([name, value]) => `<Tag><Key>${escaped(name)}</Key><Value>${escaped(value)}</Value></Tag>`,
  );
  const body = Buffer.from(`<Tagging><TagSet>${set.join('')}</TagSet></Tagging>`);
  await requests.text({ ...to, method: 'PUT', body, headers: md5Header(body) }, signal);
}

/** Tags as a header takes them. */
export function tagsHeader(tags: Tags): string {
  return Object.entries(tags)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
}
