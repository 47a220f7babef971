import type { ObjectWrites } from '../../core/ports/objectWrites.ts';
import { createBucket, deleteBucket } from './buckets.ts';
import { copyObject } from './copy.ts';
import { deleteObjects } from './deleteObjects.ts';
import { incompleteUploads } from './incompleteUploads.ts';
import { put } from './put.ts';
import type { S3Requests } from './requests.ts';
import { setTags } from './tags.ts';
import { abandonUpload } from './uploadSteps.ts';

/** The changes of objects and buckets. */
export function s3Writes(requests: S3Requests): ObjectWrites {
  return {
    createBucket: (name, signal) => createBucket(requests, name, signal),
    deleteBucket: (name, signal) => deleteBucket(requests, name, signal),
    put: (to, source, options, signal) => put(requests, to, source, options, signal),
    copy: (from, to, options, signal) => copyObject(requests, { from, to, options }, signal),
    delete: (bucket, keys, signal) => deleteObjects(requests, bucket, keys, signal),
    incompleteUploads: (bucket, prefix, signal) => incompleteUploads(requests, bucket, prefix, signal),
    abandonUpload: (upload, signal) => abandonUpload(requests, upload, signal),
    setTags: (of, tags, signal) => setTags(requests, of, tags, signal),
  };
}
