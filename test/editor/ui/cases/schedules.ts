import { expect, it } from 'vitest';
import type { KfpServer } from '../../../servers/kfp/server.ts';
import { shot } from '../support/shot.ts';
import { runMs, type Suite } from '../support/suite.ts';

/** A schedule on a server, from its making to its end, by sentences alone. */
export function schedules(suite: Suite, server: KfpServer): void {
  it('schedules a pipeline after showing when it runs next', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops schedule iris-train every weekday at 6 on Cluster');
    const { title } = await chat.confirmations.wait(runMs);
    expect(title).toBe('Schedule iris-train on Cluster?');
    await shot(suite.workbench, 'kubeflow-schedule-question');
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toMatch(
      /is scheduled: it runs iris-train every weekday at 06:00 UTC\. Next: Mon|is scheduled:.*every weekday at 06:00 UTC/,
    );
    expect([...server.state.recurringRuns.values()]).toMatchObject([
      { enabled: true, trigger: { cron_schedule: { cron: '0 0 6 * * 1-5' } } },
    ]);
    await shot(suite.workbench, 'kubeflow-scheduled');
  });

  it('lists the schedules, and stops the one that was spoken of', async () => {
    const { chat } = suite.workbench;
    await chat.say('@mlops which schedules are there on Cluster');
    expect(await chat.waitForAnswer(runMs)).toMatch(/iris-train.* on: every weekday at 06:00 UTC/);
    await shot(suite.workbench, 'kubeflow-schedules');
    await chat.say('@mlops stop the schedule on Cluster');
    expect((await chat.confirmations.wait(runMs)).title).toBe('Stop the schedule iris-train on Cluster?');
    await chat.confirmations.allowOnce();
    expect(await chat.waitForAnswer(runMs)).toContain('is stopped');
    expect([...server.state.recurringRuns.values()].map(({ enabled }) => enabled)).toEqual([false]);
    await shot(suite.workbench, 'kubeflow-schedule-stopped');
  });
}
