import { describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import { timelineRows } from './timelineRows.ts';

describe('the timeline of a run', () => {
  const made = { hasPreparationLog: true, startedAt: 1000 };

  it('begins with the preparation, which lasts until the first task', () => {
    const tasks = [aTask({ path: 'load', startedAt: 6000 }), aTask({ path: 'train', startedAt: 7000 })];
    expect(timelineRows(aRun({ ...made, tasks }))[0]).toMatchObject({
      path: 'preparation',
      label: 'Preparation',
      state: 'succeeded',
      startedAt: 1000,
      endedAt: 6000,
    });
    expect(timelineRows(aRun({ tasks })).map(({ path }) => path)).toEqual(['load', 'train']);
  });

  it('says what a task waits for beside its state', () => {
    const waitsFor = 'ImagePullBackOff: Back-off pulling image "x"';
    const [row] = timelineRows(aRun({ tasks: [aTask({ path: 'fit', state: 'pending', waitsFor })] }));
    expect(row).toMatchObject({ word: 'waiting', note: waitsFor });
  });

  it('shows a preparation that is running, that failed and that was stopped', () => {
    const row = (more: Parameters<typeof aRun>[0]) => timelineRows(aRun({ ...made, ...more }))[0];
    expect(row({ state: 'preparing' })).toMatchObject({ state: 'running' });
    expect(row({ state: 'preparing' })).not.toHaveProperty('endedAt');
    const error = { kind: 'preparation', type: 'environment', message: 'No matching distribution' };
    expect(row({ state: 'failed', error, endedAt: 9000 })).toMatchObject({ state: 'failed', endedAt: 9000 });
    expect(row({ state: 'stopped', endedAt: 9000 })).toMatchObject({ state: 'stopped' });
  });
});
