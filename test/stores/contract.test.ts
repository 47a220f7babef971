import { inject, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { madeBuckets } from '../contract/objectChanges.ts';
import { objectStoreContract, storeContent } from '../contract/objectStore.ts';
import { transferBuckets } from '../contract/objectTransfers.ts';
import { versionBuckets } from '../contract/objectVersions.ts';
import { empty, fill, keepVersions } from '../servers/s3/s3Server.ts';

const buckets = [...Object.keys(storeContent), ...madeBuckets, ...transferBuckets, ...versionBuckets];

for (const [name, place] of Object.entries(inject('stores')))
  objectStoreContract(name, async () => {
    await empty(place, buckets);
    await fill(place, storeContent);
    return {
      store: createS3(place),
      keepVersions: (bucket) => keepVersions(place, bucket),
      remove: () => empty(place, buckets),
      anyKey: true,
    };
  });

for (const [name, why] of Object.entries(inject('missingStores')))
  it(`the object store ${name}`, ({ skip }) => skip(why));
