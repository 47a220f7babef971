/** The last part of a key, without the slash of a prefix: "b" for "a/b" and "a/b/". A key like `a//` has an empty one, which is shown as "/". */
export function lastPart(key: string): string {
  const trimmed = key.replace(/\/$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1) || '/';
}

/** The prefix that a key or a prefix lies in: "a/" for "a/b" and "a/b/", "" at the top. */
export function parentOf(key: string): string {
  return key.slice(0, key.replace(/\/$/, '').lastIndexOf('/') + 1);
}
