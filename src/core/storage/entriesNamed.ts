import type { Page } from '../domain/page.ts';
import type { ObjectEntry } from '../domain/storedObject.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import { mostObjects } from '../ports/pages.ts';
import { lastPart } from './keyParts.ts';

/** Most pages of names that are looked through at once. */
const mostPages = 10;
/** So many are enough for a page of what was found. */
const enough = 200;

/** Where names are looked for, and what is in them, in any case. */
export interface NameQuery {
  readonly bucket: string;
  readonly prefix: string;
  readonly text: string;
  readonly page?: string | undefined;
}

/**
 * The entries directly below a prefix whose names contain a text. A store can only look for how keys begin, so up to ten
 * thousand names are looked through; where there are more, those that begin with the text are found among all of them, and
 * the next page looks further.
 */
export async function entriesNamed(
  store: Pick<ObjectStore, 'listObjects'>,
  { bucket, prefix, text, page }: NameQuery,
  signal: AbortSignal,
): Promise<Page<ObjectEntry>> {
  const wanted = text.toLowerCase();
  const found = new Map<string, ObjectEntry>();
  let next = page;
  let looked = 0;
  for (let pages = 0; pages < mostPages && found.size < enough; pages += 1) {
    const query = { prefix, size: mostObjects, ...(next === undefined ? {} : { page: next }) };
    const listed = await store.listObjects(bucket, query, signal);
    looked += listed.items.length;
    for (const entry of listed.items)
      if (lastPart(entry.key).toLowerCase().includes(wanted)) found.set(entry.key, entry);
    next = listed.next;
    if (next === undefined) break;
  }
  if (next === undefined) return { items: [...found.values()] };
  if (page === undefined) {
    const begun = await store.listObjects(bucket, { prefix: prefix + text, size: enough }, signal);
    for (const entry of begun.items) found.set(entry.key, entry);
  }
  const cut = `${looked.toLocaleString('en')} names were looked through; there are more.`;
  return { items: [...found.values()], next, cut };
}
