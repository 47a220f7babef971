import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Cause } from '../../../../src/core/diagnosis/finding.ts';
import { mainFinding } from '../../../../src/core/diagnosis/renderDiagnosis.ts';
import { diagnoseLife, type MomentDiagnosis, type WholeLife } from './diagnoseLife.ts';

const folder = path.join(import.meta.dirname, '..', '..', '..', 'recordings', 'kfp', 'lives');
const names = readdirSync(folder).map((name) => path.basename(name, '.json'));

type Expected = readonly [cause: Cause, task: string | undefined, words: RegExp];

/** The cause that each recorded life ends with; the others are healthy. */
const ends: { readonly [life: string]: Expected } = {
  'driver-fails': ['driver', 'split-rows', /failed to resolve inputs/],
  'exit-handler-after-failure': ['exit', 'exit-handler-1/break-down', /exit code 1/],
  'image-pull-back-off': ['stopped', 'say-2', /its image `python:3.11` cannot be pulled/],
  'loop-one-fails': ['exit', 'for-loop-2[1]/shell', /exit code 1/],
  'missing-configmap-stays': ['stopped', 'say', /config map `train-settings` does not exist/],
  'out-of-memory': ['outOfMemory', 'split-rows', /ran out of memory/],
  'pod-deleted': ['podDeleted', 'train-tree', /its pod was deleted/],
  'retries-out-of-time': ['exit', 'shell', /exit code 3.*time for all tries/],
  'retries-used-up': ['exit', 'shell', /exit code 3, in the last of its 3 tries/],
  'root-driver-fails': ['driver', undefined, /before the first task began/],
  'terminated-at-once': ['stopped', 'load-iris', /a person or a program ended it/],
  'terminated-by-user': ['stopped', 'train-tree', /a person or a program ended it/],
  'timeout-of-a-step': ['timeout', 'shell', /time limit of 30 s/],
  'timeout-of-the-workflow': ['timeout', 'shell', /the run took longer than its time limit of 12 s/],
  'unschedulable-gpu-stays': ['stopped', 'shell', /accelerators.*`nvidia\.com\/gpu`/],
  'upstream-failed': ['exit', 'say', /exit code 2/],
  'user-exception': ['exception', 'train-tree', /its code raised `ValueError`/],
};

/** What the lives that wait in between wait for. */
const between: { readonly [life: string]: Expected } = {
  'image-pull-back-off': ['imagePull', 'say-2', /no such image or tag/],
  'image-pull-recovers': ['imagePull', 'load-iris', /no such image or tag/],
  'missing-configmap-stays': ['missingConfig', 'say', /config map `train-settings` does not exist/],
  'missing-secret': ['missingConfig', 'say', /secret `train-secret` does not exist/],
  'missing-secret-volume': ['missingConfig', 'shell', /secret `train-secret` does not exist/],
  'out-of-memory': ['quota', 'load-iris', /quota `few-pods`/],
  'quota-exceeded': ['quota', 'shell', /quota `few-pods`.*`pods=0`/],
  'retried-by-policy': ['retries', 'shell', /try 1 failed, and the next begins by itself/],
  'terminated-at-once': ['stopped', undefined, /a person or a program ended it/],
  'unschedulable-cpu': ['quota', 'load-iris', /quota `few-pods`/],
  'unschedulable-gpu-stays': ['unschedulable', 'shell', /`nvidia\.com\/gpu`/],
};

/** The tasks that are described as waiting, with what for. */
const waits: { readonly [life: string]: readonly [task: string, words: RegExp] } = {
  'image-pull-back-off': ['say-2', /waiting: (?:`)?(?:ErrImagePull|ImagePullBackOff): .*python:3\.11/],
  'missing-secret': ['say', /waiting: (?:`)?CreateContainerConfigError: secret/],
  'quota-exceeded': ['shell', /waiting: .*exceeded quota: few-pods/],
  'retried-by-policy': ['shell', /waiting: .*Backoff for/i],
  'unschedulable-gpu-stays': ['shell', /waiting: (?:`)?Unschedulable: 0\/3 nodes are available/],
};

async function read(name: string): Promise<WholeLife> {
  return JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8')) as WholeLife;
}

/** What a healthy run is told: no finding, and these words. */
const healthy = (words: RegExp) => [undefined, words] as const;
const told = ([cause, path, words]: Expected) => [{ cause, path }, words] as const;
const found = ({ diagnosis }: MomentDiagnosis) => {
  const { cause, path } = mainFinding(diagnosis) ?? {};
  return cause === undefined ? undefined : { cause, path };
};

describe('a recorded life', () => {
  it.each(names)('%s is diagnosed right at its end', async (name) => {
    const last = (await diagnoseLife(await read(name))).at(-1)!;
    const expected = ends[name];
    const [finding, words] = expected === undefined ? healthy(/did not fail: it succeeded/) : told(expected);
    expect(found(last)).toEqual(finding);
    expect(last.text).toMatch(words);
  });

  it.each(names)('%s is accused of nothing while it goes on', async (name) => {
    const expected = between[name];
    const [finding, words] = expected === undefined ? healthy(/has not failed/) : told(expected);
    for (const moment of (await diagnoseLife(await read(name))).slice(0, -1)) {
      expect(moment.diagnosis.failures).toEqual([]);
      expect(found(moment)).toEqual(finding);
      expect(moment.text).toMatch(words);
    }
  });

  it.each(Object.entries(waits))(
    '%s is described with what its pod waits for',
    async (name, [task, words]) => {
      const moments = (await diagnoseLife(await read(name))).slice(0, -1);
      const told = moments.filter(({ described }) => described.includes(`- \`${task}\` waiting: `));
      expect(told.map(({ described }) => described).join('\n')).toMatch(words);
      for (const { diagnosis } of told)
        expect(diagnosis.run.tasks.find(({ path: one }) => one === task)?.state).toBe('pending');
    },
  );

  it.each(['missing-secret-volume', 'success-four-tasks'])(
    '%s is described as running while its pods are only being started',
    async (name) => {
      for (const { described } of (await diagnoseLife(await read(name))).slice(0, -1))
        expect(described).not.toMatch(/waiting: /);
    },
  );

  it('is told as stopped where its workflow alone says that somebody ended it', async () => {
    const last = (await diagnoseLife(await read('missing-configmap-stays'))).at(-1)!;
    expect(last.state).toBe('stopped');
    expect(last.described).toContain('was stopped');
  });

  it('names the line of the code that raised an exception, and what was left out', async () => {
    const { text } = (await diagnoseLife(await read('user-exception'))).at(-1)!;
    expect(text).toContain('ValueError: on purpose');
    expect(text).toContain("at line 8 of train_tree:\n  open(model.path, 'w').write(f'tree depth={depth}')");
    expect(text).toContain('Left out, since what it needs did not succeed: `score-model`.');
  });

  it('tells of tries that failed before one worked, and accuses nobody', async () => {
    const { text } = (await diagnoseLife(await read('retried-by-policy'))).at(-1)!;
    expect(text).toContain('`shell` failed 2 times and was tried again: its program ended with exit code 1');
  });

  it('is diagnosed without Kubernetes as far as the workflow tells, which says what was not seen', async () => {
    const without = async (name: string) =>
      (await diagnoseLife(await read(name), { kubernetes: false })).at(-1)!.text;
    const unseen = 'Not seen: its pods and their events, since this connection has no access to Kubernetes';
    expect(await without('out-of-memory')).toMatch(/failed in `split-rows`.*ran out of memory/);
    expect(await without('out-of-memory')).toContain(unseen);
    expect(await without('image-pull-back-off')).toMatch(/was stopped.*while `say-2` was going on/);
  });
});
