import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentId } from './environments.ts';
import { locatedPlans, missingPackages } from './localPackages.ts';

const plan = (...requirements: readonly string[]) => ({
  requirements,
  noDeps: [],
  pipArguments: [],
  labels: ['a'],
});
const python = { executable: '/usr/bin/python3', version: '3.11.7', platform: 'linux' };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mlops-local-'));
  await mkdir(path.join(root, 'lib/code'), { recursive: true });
  await writeFile(path.join(root, 'lib/code/one.py'), 'ONE = 1\n');
});
afterAll(() => rm(root, { recursive: true }));

describe('a package that is named by its path', () => {
  it('gets another environment when its source changes, whatever building it left there', async () => {
    const id = async (requirement: string) => {
      const [located] = await locatedPlans([plan(requirement)], root);
      return located && environmentId(located, python);
    };
    const before = await Promise.all([id('./lib'), id(`lib @ file://${root}/lib`), id('pandas')]);
    await mkdir(path.join(root, 'lib/build'));
    await writeFile(path.join(root, 'lib/build/one.py'), 'ONE = 1\n');
    expect(await id('./lib')).toBe(before[0]);
    await writeFile(path.join(root, 'lib/code/one.py'), 'ONE = 2\n');
    expect(await id('./lib')).not.toBe(before[0]);
    expect(await id(`lib @ file://${root}/lib`)).not.toBe(before[1]);
    expect(await id('pandas')).toBe(before[2]);
  });

  it('is refused with the path that was tried when it does not exist', async () => {
    const plans = await locatedPlans([plan('./lib', './gone', 'pandas')], root);
    expect(await missingPackages(plans)).toMatchObject([
      { what: 'local_package', message: expect.stringContaining(path.join(root, 'gone')) },
    ]);
  });
});
