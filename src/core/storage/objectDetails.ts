import type { ObjectStat } from '../domain/storedObject.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { ObjectVersion } from '../ports/objectVersions.ts';
import { moment } from '../text/dates.ts';
import { code, count } from '../text/markdown.ts';
import { value } from '../text/values.ts';
import { size } from '../text/units.ts';

/** What a store knows of an object beside its bytes. */
export interface ObjectDetails {
  readonly stat: ObjectStat;
  readonly tags?: { readonly [name: string]: string };
  /** The newest first; left out where the store keeps none. */
  readonly versions?: readonly ObjectVersion[];
  /** There are more versions than these. */
  readonly moreVersions?: boolean;
}

const mostVersions = 20;

/** Reads what a store knows of an object. Throws MlopsError as the store does. */
export async function objectDetails(
  store: ObjectStore,
  of: { readonly bucket: string; readonly key: string },
  signal: AbortSignal,
): Promise<ObjectDetails> {
  const stat = await store.stat(of.bucket, of.key, signal);
  const tags = await store.tags?.(of, signal);
  const query = { prefix: of.key, size: mostVersions };
  const page = await store.versions?.list(of.bucket, query, signal);
  const versions = page?.items.filter(({ key }) => key === of.key);
  const isCut = versions !== undefined && page?.next !== undefined && versions.length === page.items.length;
  return {
    stat,
    ...(tags === undefined ? {} : { tags }),
    ...(versions === undefined ? {} : { versions }),
    ...(isCut ? { moreVersions: true } : {}),
  };
}

/** The details as Markdown. */
export function renderDetails({ stat, tags = {}, versions = [], moreVersions }: ObjectDetails): string {
  const { bucket, key, modifiedAt, contentType, etag, version, metadata = {} } = stat;
  const facts = [
    ['Size', `${size(stat.size)} (${stat.size} B)`],
    ['Changed', modifiedAt === undefined ? undefined : moment(modifiedAt)],
    ['Content type', contentType === undefined ? undefined : code(contentType)],
    ['ETag', etag === undefined ? undefined : code(etag)],
    ['Version', version === undefined ? undefined : code(version)],
    ['Metadata', pairs(metadata)],
    ['Tags', pairs(tags)],
  ] as const;
  const lines = facts.flatMap(([name, text]) => (text === undefined ? [] : [`- ${name}: ${text}`]));
  return [`${code(`${bucket}/${key}`)}:`, ...lines, ...versionLines(versions, moreVersions)].join('\n');
}

function versionLines(versions: readonly ObjectVersion[], more = false): readonly string[] {
  if (versions.length === 0) return [];
  const number = more ? `The newest ${count(versions.length, 'version')}` : count(versions.length, 'version');
  return [
    `- ${number}:`,
    ...versions.map(({ id, latest, deleted, size: bytes, modifiedAt }) => {
      const when = modifiedAt === undefined ? '' : `, ${moment(modifiedAt)}`;
      return `  - ${code(id)}: ${deleted ? 'deleted' : size(bytes)}${when}${latest ? ', the latest' : ''}`;
    }),
  ];
}

const mostPairs = 30;

function pairs(all: { readonly [name: string]: string }): string | undefined {
  const entries = Object.entries(all);
  if (entries.length === 0) return undefined;
  const left = entries.length - mostPairs;
  const shown = entries.slice(0, mostPairs).map(([name, text]) => `${code(name)} = ${value(name, text)}`);
  return `${shown.join(', ')}${left > 0 ? `, ${left} more` : ''}`;
}
