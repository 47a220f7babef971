import { expect, test } from 'vitest';
import { commonFolder } from './commonFolder.ts';

const inIris = (...keys: readonly string[]) =>
  keys.map((key) => ({ bucket: 'artifacts', key: `iris/${key}` }));

test.each([
  [inIris('iris-12/train/model', 'iris-12/split/rows'), 'artifacts/iris/iris-12/'],
  [inIris('iris-12/train/model'), 'artifacts/iris/iris-12/train/'],
  [inIris('iris-12/train/model/'), 'artifacts/iris/iris-12/train/'],
  [inIris('iris-12/train/model', 'iris-12/train/model-2'), 'artifacts/iris/iris-12/train/'],
  [inIris('iris-1/a', 'iris-12/a'), 'artifacts/iris/'],
  [[{ bucket: 'artifacts', key: 'model' }], 'artifacts/'],
])('the common folder of %j is %s', (objects, folder) => expect(commonFolder(objects)).toBe(folder));
