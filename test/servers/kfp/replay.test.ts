import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { playLife, readLife } from './recordedLife.ts';
import { replayScenario } from './replay.ts';

const recordings = path.join(import.meta.dirname, '..', '..', 'recordings', 'kfp');
const scenarios = path.join(recordings, 'scenarios');

describe('the stand-in for a Kubeflow Pipelines server', () => {
  it.each(readdirSync(scenarios))('answers %s as the real one did', async (file) => {
    const text = await readFile(path.join(scenarios, file), 'utf8');
    const { exchanges, differences } = await replayScenario(JSON.parse(text), recordings);
    expect(differences).toEqual([]);
    expect(exchanges).toBeGreaterThan(0);
  });

  it.each(readdirSync(path.join(recordings, 'lives')))('plays %s to the recorded end', async (file) => {
    const life = await readLife(path.join(recordings, 'lives', file));
    const { v2 } = life.moments.at(-1)!;
    const run = { id: 'r', spec: {}, name: 'played', parameters: {} };
    const played = playLife(life, run, 0, 10).report(100_000);
    expect(played.state).toBe(v2.state);
    const { run_details: details } = v2 as { run_details: { task_details: { state?: string }[] } };
    const states = (tasks: readonly { readonly state?: string | undefined }[]) =>
      tasks.map(({ state }) => state ?? 'none').toSorted();
    expect(states(played.tasks)).toEqual(states(details.task_details));
  });

  it('tells of a run that is being ended and of a pod that waits', async () => {
    const life = await readLife(path.join(recordings, 'lives', 'image-pull-back-off.json'));
    const played = playLife(life, { id: 'r', spec: {}, name: 'played', parameters: {} }, 0);
    expect(played.report(30_000).manifest).toContain('ErrImagePull');
    expect(played.report(100_000).history.map(({ state }) => state)).toEqual([
      'PENDING',
      'RUNNING',
      'CANCELING',
      'FAILED',
    ]);
  });
});
