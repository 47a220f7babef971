// The graph of a run: drawn beside the page, live, by keys, and as a list.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TaskNode } from '../../src/core/domain/pipeline.ts';
import type { Run, TaskRun } from '../../src/core/domain/run.ts';
import { aRun, aTask } from '../fakes/aRun.ts';
import { PanelPage } from './panelPage.ts';
import { messagesFor } from './states.ts';

const task = (name: string, after: readonly string[] = [], more: Partial<TaskNode> = {}): TaskNode => ({
  name,
  displayName: name,
  kind: 'task',
  after,
  inputs: after.map((from) => ({ name: from, kind: 'artifact', from, output: 'rows' })),
  children: [],
  ...more,
});
const pipeline = [
  task('load'),
  task('loop', ['load'], { kind: 'loop', children: [task('train'), task('score', ['train'])] }),
  task('report', ['loop']),
];
const ran = (state: TaskRun['state'], more: Partial<Run> = {}) =>
  aRun({
    id: 'study-1',
    state: 'running',
    tasks: [
      aTask({ path: 'load' }),
      aTask({ path: 'loop', kind: 'loop', state }),
      ...[0, 1].flatMap((at) => [
        aTask({
          path: `loop[${at}]`,
          name: `loop[${at}]`,
          displayName: `loop[${at}]`,
          kind: 'iteration',
          state,
        }),
        aTask({ path: `loop[${at}]/train`, displayName: 'train', name: 'train' }),
        aTask({ path: `loop[${at}]/score`, displayName: 'score', name: 'score', state }),
      ]),
      aTask({ path: 'report', state: 'pending', hasLog: false }),
    ],
    ...more,
  });
const layered = (count: number): readonly TaskNode[] =>
  Array.from({ length: count }, (_, at) => {
    const after = at < 10 ? [] : [`task-${at - 10}`, ...(at % 3 === 0 ? [`task-${at - (at % 10) - 5}`] : [])];
    return task(`task-${at}`, [...new Set(after)]);
  });
const states = (count: number, done: number) =>
  Array.from({ length: count }, (_, at) =>
    aTask({ path: `task-${at}`, state: at < done ? 'succeeded' : at < done + 8 ? 'running' : 'pending' }),
  );

describe('the graph of a run', () => {
  let panel: PanelPage;
  beforeAll(async () => {
    panel = await PanelPage.open();
  });
  beforeEach(() => panel.reload());
  afterAll(() => panel.close());

  const section = () => panel.page.getByRole('region', { name: 'Graph' });
  const nodes = () => panel.page.locator('[data-node]');
  const node = (path: string) => panel.page.locator(`[data-node="${path}"]`);
  const placeOf = (path: string) => node(path).evaluate((one) => one.parentElement?.getAttribute('style'));
  const focused = () =>
    panel.page.evaluate<string | null>(`document.activeElement?.getAttribute('data-node')`);

  async function show(run: Run, graph: readonly TaskNode[] = pipeline): Promise<void> {
    await panel.send(...messagesFor(run, undefined, graph));
    await nodes().first().waitFor();
  }

  it('draws tasks in their groups, each with its state in words, and lets nothing out of the page', async () => {
    await show(ran('failed'));
    await expect.poll(() => nodes().count()).toBe(9);
    expect(await node('loop').getAttribute('aria-label')).toBe(
      'loop loop, failed · 2 s, 2 of 4 tasks done, 2 failed, after load (rows)',
    );
    expect(await node('loop[1]/score').innerText()).toContain('failed');
    expect(await panel.page.locator('.graph path.data').count()).toBe(4);
    expect(panel.refused).toEqual([]);
  });

  it('changes states where they are while the run goes on', async () => {
    await show(ran('running'));
    await expect.poll(() => nodes().count()).toBe(9);
    const before = await placeOf('loop[1]/score');
    await node('loop[1]/score').focus();
    await panel.send(...messagesFor(ran('succeeded'), undefined, pipeline));
    await expect.poll(() => node('loop[1]/score').innerText()).toContain('succeeded');
    expect(await placeOf('loop[1]/score')).toBe(before);
    expect(await focused()).toBe('loop[1]/score');
  });

  it('leads to the row of a task, where its log is', async () => {
    await show(ran('failed'));
    await node('loop[1]/score').click();
    await panel.page.keyboard.press('Enter');
    expect(await panel.sent()).toContainEqual({ type: 'action', action: 'openLog', task: 'loop[1]/score' });
  });

  it('is one stop of the Tab key, and arrow keys go from node to node', async () => {
    await show(ran('failed'));
    await expect.poll(() => panel.page.locator('[data-node][tabindex="0"]').count()).toBe(1);
    await node('load').focus();
    await panel.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('loop');
    await panel.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('loop[0]');
    await panel.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('loop[1]');
    await panel.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('loop[1]/train');
    await panel.page.keyboard.press('End');
    expect(await focused()).toBe('report');
    await panel.page.keyboard.press('Home');
    await panel.page.keyboard.press('l');
    expect(await panel.sent()).toContainEqual({ type: 'action', action: 'openLog', task: 'load' });
    await expect.poll(() => section().locator('figcaption').innerText()).toContain('load, succeeded');
  });

  it('closes and opens groups', async () => {
    await show(ran('failed'));
    await expect.poll(() => nodes().count()).toBe(9);
    await node('loop').click();
    await expect.poll(() => nodes().count()).toBe(3);
    expect(await node('loop').getAttribute('aria-expanded')).toBe('false');
    expect(await node('loop').innerText()).toContain('2 of 4 tasks done, 2 failed');
    await node('loop').click();
    await expect.poll(() => nodes().count()).toBe(9);
  });

  it('has the same content as a list', async () => {
    await show(ran('failed'));
    await section().getByRole('button', { name: 'Show as a list' }).click();
    const lines = section().locator('li');
    await expect.poll(() => lines.count()).toBe(9);
    expect((await lines.nth(1).innerText()).replaceAll(/\s+/g, ' ').trim()).toBe(
      'loop loop failed · 2 s after load (rows)',
    );
    await section().getByRole('button', { name: 'Show as a graph' }).click();
    await nodes().first().waitFor();
  });

  it('is shown larger, smaller and as a whole', async () => {
    await show(aRun({ id: 'study-1', tasks: states(300, 20) }), layered(300));
    const width = async () => (await panel.page.locator('.graph .space').boundingBox())?.width ?? 0;
    const first = await width();
    await section().getByRole('button', { name: 'Larger' }).click();
    await expect.poll(width).toBeGreaterThan(first * 1.2);
    await section().getByRole('button', { name: 'Show all of it' }).click();
    await expect.poll(width).toBeLessThan(1000);
    await node('task-299').focus();
    await panel.page.keyboard.press('+');
    await expect.poll(() => node('task-299').isVisible()).toBe(true);
  });

  it('draws 300 tasks, and lists 5000', async () => {
    await show(aRun({ id: 'study-1', state: 'running', tasks: states(300, 20) }), layered(300));
    await expect.poll(() => nodes().count()).toBe(300);
    await panel.reload();
    const many = layered(5000);
    await panel.send(...messagesFor(aRun({ id: 'study-1', tasks: states(5000, 20) }), undefined, many));
    const left = panel.page.getByRole('region', { name: 'Left out' });
    await expect
      .poll(() => left.innerText())
      .toContain('The graph is not drawn: its 5000 nodes are too many.');
    expect(await nodes().count()).toBe(0);
  });
});
