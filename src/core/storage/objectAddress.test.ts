import { expect, it } from 'vitest';
import { objectAt } from './objectAddress.ts';

it('names the object of an address in a store', () => {
  expect(objectAt('minio://mlpipeline/v2/artifacts/iris/8f2c/train/model')).toEqual({
    bucket: 'mlpipeline',
    key: 'v2/artifacts/iris/8f2c/train/model',
  });
  expect(objectAt('s3://team/what is this?.csv')).toEqual({ bucket: 'team', key: 'what is this?.csv' });
});

it('leaves out what says where the bucket is', () => {
  expect(objectAt('s3://team/a/b?endpoint=minio.example&region=us-east-1&disableSSL=true')).toEqual({
    bucket: 'team',
    key: 'a/b',
  });
});

it.each(['gs://team/a', 'https://example.test/a', 's3://team', 's3://team/', '/tmp/a', ''])(
  'knows no object of %j',
  (address) => expect(objectAt(address)).toBeUndefined(),
);
