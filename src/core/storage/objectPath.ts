import type { ObjectName } from '../ports/objectWrites.ts';

/** Before a part of a path that is not its part of the key as it stands. */
const mark = '~';
/** What the editor would read as something else than a name, or draw in a line of its own. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[%\\\u0000-\u001f\u007f]/g;

/**
 * The path of an object in an address: the bucket and the key, readable where they are ordinary. Editors normalise paths,
 * so parts that are empty, `.` or `..`, that begin with the mark, look like a drive, or have a backslash or a control
 * character, are written with a mark before them. `objectOfPath` gives back the same key, whatever it is.
 */
export function objectPath({ bucket, key }: ObjectName): string {
  return `/${[bucket, ...key.split('/')].map(written).join('/')}`;
}

/** The bucket and key of a path that `objectPath` wrote. The key of a bucket itself is "". Undefined for any other path. */
export function objectOfPath(path: string): ObjectName | undefined {
  const [before, ...parts] = path.split('/');
  if (before !== '' || parts.length === 0) return undefined;
  try {
    const [bucket = '', ...key] = parts.map(read);
    return bucket === '' ? undefined : { bucket, key: key.join('/') };
  } catch {
    return undefined;
  }
}

function written(part: string): string {
  if (!isMarked(part)) return part;
  return mark + part.replaceAll(unsafe, (character) => encodeURIComponent(character));
}

function isMarked(part: string): boolean {
  return (
    ['', '.', '..'].includes(part) ||
    part.startsWith(mark) ||
    /^[a-z]:$/i.test(part) ||
    part.replaceAll('%', '').search(unsafe) >= 0
  );
}

function read(part: string): string {
  return part.startsWith(mark)
    ? part.slice(mark.length).replaceAll(/%[0-9A-F]{2}/g, decodeURIComponent)
    : part;
}
