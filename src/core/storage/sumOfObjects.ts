import { endingOf } from './objectKinds.ts';
import type { ListedObject } from './searchObjects.ts';

/** How many objects there are of a kind, and their bytes. */
export interface Share {
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
}

/** What objects come to together. */
export interface ObjectsSum {
  readonly count: number;
  readonly bytes: number;
  /** By the endings of their names, the most bytes first; "" for those without. */
  readonly byType: readonly Share[];
  /** By when they were changed, the newest first; those of which it is not known are left out. */
  readonly byAge: readonly Share[];
  readonly newest?: ListedObject;
  readonly largest?: ListedObject;
}

const day = 24 * 60 * 60 * 1000;
const ages: readonly (readonly [name: string, ms: number])[] = [
  ['past day', day],
  ['past week', 7 * day],
  ['past month', 30 * day],
  ['past year', 365 * day],
  ['older', Infinity],
];

/** Counts objects, at the moment `now`. */
export function sumOfObjects(objects: readonly ListedObject[], now: number): ObjectsSum {
  const newest = objects.toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0))[0];
  const largest = objects.toSorted((a, b) => b.size - a.size)[0];
  const byAge = shares(objects, ({ modifiedAt }) =>
    modifiedAt === undefined ? undefined : ages.find(([, ms]) => now - modifiedAt < ms)?.[0],
  );
  return {
    count: objects.length,
    bytes: objects.reduce((sum, { size }) => sum + size, 0),
    byType: shares(objects, ({ key }) => endingOf(key)).toSorted((a, b) => b.bytes - a.bytes),
    byAge: ages.flatMap(([name]) => byAge.find((share) => share.name === name) ?? []),
    ...(newest === undefined ? {} : { newest }),
    ...(largest === undefined ? {} : { largest }),
  };
}

function shares(
  objects: readonly ListedObject[],
  nameOf: (object: ListedObject) => string | undefined,
): readonly Share[] {
  const found = new Map<string, Share>();
  for (const object of objects) {
    const name = nameOf(object);
    if (name === undefined) continue;
    const { count, bytes } = found.get(name) ?? { count: 0, bytes: 0 };
    found.set(name, { name, count: count + 1, bytes: bytes + object.size });
  }
  return [...found.values()];
}
