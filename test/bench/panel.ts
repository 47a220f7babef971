import { aRun, aTask } from '../fakes/aRun.ts';
import type { Metric } from '../../src/core/domain/artifact.ts';
import type { TaskNode } from '../../src/core/domain/pipeline.ts';
import type { Run } from '../../src/core/domain/run.ts';
import { shownComparison } from '../../src/core/results/comparison.ts';
import type { ToPanel } from '../../src/webviews/results/contract.ts';
import { PanelPage } from '../webviews/panelPage.ts';
import { messagesFor } from '../webviews/states.ts';
import { type Figure, figure } from './figure.ts';

/** A task that blocks longer than this is felt: the limit of the W3C's Long Tasks API. */
const longTaskMs = 50;
/** What answers within this feels immediate (RAIL): for what is drawn once, when something opens. */
const responseMs = 100;
const liveUpdates = 40;

/** What the results panel costs at its largest: the longest time without a frame, and its memory. */
export async function panelFigures(samples: number): Promise<readonly Figure[]> {
  const live: number[] = [];
  const graph: GraphTimes[] = [];
  const opened: Record<'tasks' | 'matrix' | 'curve' | 'report' | 'compared', number[]> = {
    tasks: [],
    matrix: [],
    curve: [],
    report: [],
    compared: [],
  };
  const heap: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const panel = await PanelPage.open();
    try {
      opened.tasks.push(await longestFrame(panel, messagesFor(manyTasks(0))));
      live.push(await whileLive(panel));
      await panel.reload();
      graph.push(await graphTimes(panel));
      for (const [name, messages] of Object.entries(large())) {
        await panel.reload();
        opened[name as keyof typeof opened].push(await longestFrame(panel, messages));
      }
      heap.push(await heapMegabytes(panel));
    } finally {
      await panel.close();
    }
  }
  const once = (what: string, values: readonly number[]) =>
    figure(`panel, longest frame: ${what}`, 'ms', values, { limit: responseMs });
  return [
    once('a run with 300 tasks opens', opened.tasks),
    figure(`panel, longest frame: ${liveUpdates} updates of 300 tasks`, 'ms', live, { limit: longTaskMs }),
    once(
      'a run with 300 tasks and its graph opens',
      graph.map(({ opened }) => opened),
    ),
    figure(
      'panel, the graph of 300 tasks is drawn after',
      'ms',
      graph.map(({ drawn }) => drawn),
      { limit: 3000 },
    ),
    figure(
      `panel, longest frame: ${liveUpdates} updates of that graph`,
      'ms',
      graph.map(({ live: one }) => one),
      {
        limit: longTaskMs,
      },
    ),
    once('a matrix of 200 classes is drawn', opened.matrix),
    once('a ROC curve of 10 000 points is drawn', opened.curve),
    once('an HTML report of 750 kB, the largest, is shown', opened.report),
    once('100 runs are compared', opened.compared),
    figure('panel, memory with 100 runs compared', 'MB', heap, { limit: 100 }),
  ];
}

/** 300 tasks, of which `done` have ended. */
function manyTasks(done: number): Run {
  const tasks = Array.from({ length: 300 }, (_, index) =>
    aTask({
      path: `for-loop-1[${index}]/train`,
      state: index < done ? 'succeeded' : index < done + 8 ? 'running' : 'pending',
      startedAt: 1_000_000 + index * 20,
      ...(index < done ? { endedAt: 1_002_000 + index * 20 } : {}),
    }),
  );
  return aRun({ id: 'study-1', state: 'running', tasks });
}

interface GraphTimes {
  readonly opened: number;
  readonly drawn: number;
  readonly live: number;
}

/** Thirty layers of ten tasks, each of which waits for one or two of the layer before. */
export function layered(count: number): readonly TaskNode[] {
  return Array.from({ length: count }, (_, at) => {
    const first = at - (at % 10) - 10;
    const after =
      first < 0 ? [] : [`task-${at - 10}`, ...(at % 3 === 0 ? [`task-${first + ((at * 7) % 10)}`] : [])];
    const name = `task-${at}`;
    return { name, displayName: name, kind: 'task', after: [...new Set(after)], children: [] };
  });
}

export function layeredRun(done: number): Run {
  const tasks = layered(300).map(({ name }, at) =>
    aTask({
      path: name,
      displayName: name,
      state: at < done ? 'succeeded' : at < done + 8 ? 'running' : 'pending',
    }),
  );
  return aRun({ id: 'study-1', state: 'running', tasks });
}

async function graphTimes(panel: PanelPage): Promise<GraphTimes> {
  const tasks = layered(300);
  await startFrames(panel);
  const start = Date.now();
  await panel.send(...messagesFor(layeredRun(0), undefined, tasks));
  await panel.page.evaluate(`new Promise((done) => {
    const look = () => (document.querySelectorAll('[data-node]').length >= 300 ? done() : requestAnimationFrame(look));
    look();
  })`);
  const drawn = Date.now() - start;
  const opened = await stopFrames(panel);
  await startFrames(panel);
  for (let update = 1; update <= liveUpdates; update += 1)
    await panel.send(...messagesFor(layeredRun(update * 7), undefined, tasks));
  return { opened, drawn, live: await stopFrames(panel) };
}

function large(): Readonly<Record<'matrix' | 'curve' | 'report' | 'compared', readonly ToPanel[]>> {
  const classes = Array.from({ length: 200 }, (_, index) => `class ${index}`);
  const rows = classes.map((_, row) =>
    classes.map((_one, column) => (row === column ? 90 : (row * column) % 7)),
  );
  const matrix = {
    annotationSpecs: classes.map((displayName) => ({ displayName })),
    rows: rows.map((row) => ({ row })),
  };
  const points = Array.from({ length: 10_000 }, (_, index) => ({
    confidenceThreshold: 1 - index / 9999,
    falsePositiveRate: index / 9999,
    recall: (index / 9999) ** 0.3,
  }));
  const paragraph =
    '<p>A row of the report: <b>0.123</b> <i>0.456</i> <span style="color:red">0.789</span></p>\n';
  const object = { bucket: 'artifacts', key: 'study/page' };
  const withReport = aRun({
    id: 'study-1',
    tasks: [aTask({ artifacts: [{ name: 'page', type: 'HTML', uri: '', metadata: {}, object }] })],
  });
  const page = `<html><body>${paragraph.repeat(Math.floor(740_000 / paragraph.length))}</body></html>`;
  return {
    matrix: messagesFor(withMetadata({ confusionMatrix: matrix })),
    curve: messagesFor(withMetadata({ confidenceMetrics: points })),
    report: [...messagesFor(withReport), { type: 'report', object, report: { kind: 'html', text: page } }],
    compared: [
      { type: 'charts', charts: [] },
      {
        type: 'state',
        state: { kind: 'comparison', now: 2_000_000, comparison: shownComparison(hundredRuns(), new Map()) },
      },
    ],
  };
}

function withMetadata(metadata: Run['tasks'][number]['artifacts'][number]['metadata']): Run {
  const artifacts = [{ name: 'curves', type: 'ClassificationMetrics', uri: '', metadata }];
  return aRun({ id: 'study-1', tasks: [aTask({ artifacts })] });
}

function hundredRuns(): readonly Run[] {
  return Array.from({ length: 100 }, (_, at) => {
    const names = Array.from({ length: 20 }, (_one, index) => index);
    const metrics = names.map((index): Metric => ({
      name: `accuracy_${index}`,
      value: ((at * 31 + index * 17) % 97) / 97,
      task: 'judge',
      artifact: 'metrics',
    }));
    const parameters = Object.fromEntries(names.map((index) => [`parameter_${index}`, at + index]));
    return aRun({ id: `study-${at + 1}`, metrics, parameters });
  });
}

async function whileLive(panel: PanelPage): Promise<number> {
  await startFrames(panel);
  for (let update = 1; update <= liveUpdates; update += 1) {
    await panel.send(...messagesFor(manyTasks(update * 7)));
  }
  return stopFrames(panel);
}

/** From before the messages come until a quarter of a second without any of them to draw. */
async function longestFrame(panel: PanelPage, messages: readonly ToPanel[]): Promise<number> {
  await startFrames(panel);
  await panel.send(...messages);
  await panel.page.evaluate(`new Promise((done) => {
    const look = () => (performance.now() - lastChange > 250 ? done() : setTimeout(look, 50));
    look();
  })`);
  return stopFrames(panel);
}

async function startFrames({ page }: PanelPage): Promise<void> {
  await page.evaluate(`
    window.lastChange = performance.now();
    window.changes = new MutationObserver(() => (window.lastChange = performance.now()));
    changes.observe(document.body, { subtree: true, childList: true, attributes: true });
    window.longest = 0;
    window.counting = true;
    (async () => {
      for (let before = await new Promise(requestAnimationFrame); counting; ) {
        const now = await new Promise(requestAnimationFrame);
        longest = Math.max(longest, now - before);
        before = now;
      }
    })();
    undefined; // or the call would wait for the last frame
  `);
}

async function stopFrames({ page }: PanelPage): Promise<number> {
  return page.evaluate<number>('counting = false; changes.disconnect(); longest');
}

async function heapMegabytes({ page }: PanelPage): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}
