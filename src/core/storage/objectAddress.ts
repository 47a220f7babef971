/** An object, or a folder of them, by its bucket and key. */
export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/**
 * The object of an address such as `s3://bucket/key` or `minio://bucket/key`; undefined for any other address. What Kubeflow
 * adds behind a question mark (`?endpoint=…&region=…`) says where the bucket is and is left out.
 */
export function objectAt(address: string): ObjectPlace | undefined {
  const [, bucket, rest = ''] = /^(?:s3|minio):\/\/([^/?]+)\/(.+)$/is.exec(address) ?? [];
  const key = rest.replace(/\?(?:[A-Za-z]\w*=[^&=?/]*(?:&|$))+$/, '').replace(/^\/+/, '');
  return bucket === undefined || key === '' ? undefined : { bucket, key };
}
