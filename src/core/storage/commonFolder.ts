/** The folder that all objects are in: "artifacts/iris/iris-12/" for "…/train/model" and "…/split/rows/" below it. */
export function commonFolder(objects: readonly { readonly bucket: string; readonly key: string }[]): string {
  const folders = objects.map(({ bucket, key }) =>
    [bucket, key].join('/').replace(/\/$/, '').split('/').slice(0, -1),
  );
  const [first = [], ...others] = folders;
  const end = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return `${(end < 0 ? first : first.slice(0, end)).join('/')}/`;
}
