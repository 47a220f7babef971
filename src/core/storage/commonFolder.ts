/** "artifacts/iris/iris-12/" of "artifacts/iris/iris-12/train/model" and "artifacts/iris/iris-12/split/rows/": the folder that all are in. */
export function commonFolder(objects: readonly { readonly bucket: string; readonly key: string }[]): string {
  const folders = objects.map(({ bucket, key }) =>
    [bucket, key].join('/').replace(/\/$/, '').split('/').slice(0, -1),
  );
  const [first = [], ...others] = folders;
  const end = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return `${(end < 0 ? first : first.slice(0, end)).join('/')}/`;
}
