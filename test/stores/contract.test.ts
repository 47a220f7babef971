import { inject, it } from 'vitest';
import { createS3 } from '../../src/adapters/s3/s3.ts';
import { madeBuckets } from '../contract/objectChanges.ts';
import { objectStoreContract, storeContent } from '../contract/objectStore.ts';
import { transferBuckets } from '../contract/objectTransfers.ts';
import { empty, fill, type S3Place } from '../servers/s3/s3Server.ts';

const stores = inject('stores');
const places = Object.entries(stores).filter((entry): entry is [string, S3Place] => entry[0] !== 'missing');
const buckets = [...Object.keys(storeContent), ...madeBuckets, ...transferBuckets];

for (const [name, place] of places)
  objectStoreContract(name, async () => {
    await empty(place, buckets);
    await fill(place, storeContent);
    return { store: createS3(place), remove: () => empty(place, buckets), anyKey: true };
  });

for (const why of 'missing' in stores ? [stores.missing] : [])
  it('object stores behind S3', ({ skip }) => skip(`Missing: ${JSON.stringify(why)}`));
