import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { root } from '../../scripts/node24.mjs';
import { type LocalMachine, localMachine, runEnded, startRun } from '../conformance/localMachine.ts';
import { openEditor } from '../editor/harness/openEditor.ts';
import type { Workbench } from '../editor/harness/workbench.ts';
import { type Figure, figure, median } from './figure.ts';

const lineCount = 100_000;
/** A hundred lines each: 10 000 lines a second, for ten seconds. */
const pauseS = 0.01;
/** From here on a browser calls a task long. */
const longTaskMs = 50;
const lagMs = 1000;
const heapMb = 50;

/** What one flood did to the window that followed it. Milliseconds and megabytes. */
interface Flood {
  readonly frames: Frames;
  /** The same lines in the editor's own terminal. */
  readonly terminal: Frames;
  readonly lag: number;
  readonly heap: number;
  readonly seconds: number;
}

interface Frames {
  readonly longest: number;
  readonly p99: number;
}

/**
 * A task that prints 10 000 lines a second, its log followed in the real editor; the peer is the editor's own terminal with
 * the same lines.
 */
export async function followedLog(extension: string, samples: number): Promise<readonly Figure[]> {
  const folder = path.join(root, 'test', 'editor', 'ui', 'workspaces', 'pipelines');
  const machine = await localMachine([folder]);
  const editor = await openEditor({ extensionPath: extension, folder, env: { MLOPS_HOME: machine.home } });
  try {
    await editor.workbench.tree('Pipelines').open();
    const floods: Flood[] = [];
    for (let sample = 0; sample <= samples; sample += 1) floods.push(await flood(machine, editor.workbench));
    return figures(floods.slice(1)); // during the first one the editor is still busy with its start
  } finally {
    await editor.close();
    await machine.remove();
  }
}

function figures(floods: readonly Flood[]): readonly Figure[] {
  const of = (pick: (one: Flood) => number) => floods.map(pick);
  const limit = { limit: longTaskMs };
  const beside = (pick: (one: Frames) => number) => ({
    peer: 'terminal',
    median: median(of(({ terminal }) => pick(terminal))),
  });
  const held = (what: string, pick: (one: Frames) => number): readonly Figure[] => {
    const ours = of(({ frames }) => pick(frames));
    return [figure(what, 'ms', ours, limit), figure(what, 'ms', ours, beside(pick))];
  };
  return [
    ...held('followed log, 10 000 lines/s: longest frame', ({ longest }) => longest),
    ...held('  its 99th percentile', ({ p99 }) => p99),
    figure(
      '  from printed to shown, 99th percentile',
      'ms',
      of(({ lag }) => lag),
      { limit: lagMs },
    ),
    figure(
      '  growth of the heap',
      'MB',
      of(({ heap }) => heap),
      { limit: heapMb },
    ),
    figure(
      '  the printing took',
      's',
      of(({ seconds }) => seconds),
    ),
  ];
}

async function flood({ backend, home }: LocalMachine, workbench: Workbench): Promise<Flood> {
  const { page } = workbench;
  const devtools = await page.context().newCDPSession(page);
  const words = path.join(home, `never-${Date.now()}`);
  const before = await heapMegabytes(devtools);
  const parameters = { file: words, lines: lineCount, pause: pauseS };
  const id = await startRun(backend, 'printer.yaml', parameters, { cache: false });
  await workbench
    .tree('Pipelines')
    .row(/say\W*running/)
    .waitFor();
  await workbench.runCommand('MLOps: Follow log'); // a row's button goes when the row is drawn anew
  await workbench.quickInput.pick(id);
  await workbench.quickInput.pick('say');
  await workbench.statusBar('Following');
  const measured = await framesDuring(page, () => lastLineShown(page));
  const heap = (await heapMegabytes(devtools)) - before;
  await backend.stopRun(id, AbortSignal.timeout(10_000));
  await runEnded(backend, id);
  const terminal = await inTerminal(workbench, home);
  const { longest, p99, lag, seconds } = measured;
  return { frames: { longest, p99 }, terminal, lag, heap, seconds };
}

/** The same lines at the same pace, printed by Python into the editor's terminal. */
async function inTerminal({ page, quickInput }: Workbench, home: string): Promise<Frames> {
  const script = path.join(home, 'printer.py');
  const done = path.join(home, `printed-${Date.now()}`);
  fs.writeFileSync(script, printer);
  await quickInput.runCommand('Terminal: Create New Terminal');
  await page.locator('.terminal-wrapper.active .xterm-helper-textarea').waitFor({ state: 'attached' });
  await page.keyboard.type(`python3 ${script} ${done}`);
  const measured = await framesDuring(page, async () => {
    await page.keyboard.press('Enter');
    await until(() => fs.existsSync(done), 120_000);
  });
  await quickInput.runCommand('Terminal: Kill All Terminals');
  return measured;
}

const printer = `import sys, time
for first in range(0, ${lineCount}, 100):
    print("\\n".join(f"line {n} at {time.time():.3f}" for n in range(first + 1, first + 101)), flush=True)
    time.sleep(${pauseS})
open(sys.argv[1], "w")
`;

async function until(over: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!over()) {
    if (Date.now() > deadline) throw new Error('The terminal did not print to its end.');
    await setTimeout(100);
  }
}

async function lastLineShown(page: Page): Promise<void> {
  const last = page.locator('.part.editor .view-line', { hasText: `line ${lineCount} at` }).first();
  await last.waitFor({ timeout: 120_000 });
}

async function heapMegabytes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await devtools.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1_000_000;
}

interface Recorded extends Frames {
  readonly lag: number;
  readonly seconds: number;
}

/** Notes the time of each frame of the window, and how old the newest line in sight is, while something happens. */
async function framesDuring(page: Page, happens: () => Promise<void>): Promise<Recorded> {
  await page.evaluate(startRecording);
  await happens();
  const { frames, lags } = await page.evaluate(stopRecording);
  const sorted = frames.toSorted((a, b) => a - b);
  return {
    longest: sorted.at(-1) ?? 0,
    p99: percentile(sorted, 0.99),
    lag: percentile(
      lags.toSorted((a, b) => a - b),
      0.99,
    ),
    seconds: frames.reduce((sum, frame) => sum + frame, 0) / 1000,
  };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

// What the page has, where the two functions below run.
declare const document: {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
};
declare function requestAnimationFrame(callback: (now: number) => void): number;

/** In the page. A line says when it was printed. */
function startRecording(): void {
  const record = { frames: [] as number[], lags: [] as number[], on: true };
  Object.assign(globalThis, { mlopsRecord: record });
  let [before, shown] = [performance.now(), ''];
  const frame = (now: number): void => {
    record.frames.push(now - before);
    before = now;
    const lines = [...document.querySelectorAll('.part.editor .view-line')].map(
      (element) => element.textContent ?? '',
    );
    const times = lines.flatMap((line) => /^line\s\d+\sat\s([\d.]+)$/.exec(line)?.[1] ?? []);
    const newest = times.toSorted((a, b) => Number(a) - Number(b)).at(-1) ?? '';
    // How old a line is when the next ones take its place is the most that anyone waits.
    if (newest !== shown && shown !== '') record.lags.push(Date.now() - Number(shown) * 1000);
    shown = newest;
    if (record.on) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function stopRecording(): { frames: number[]; lags: number[] } {
  const { mlopsRecord } = globalThis as unknown as {
    mlopsRecord: { frames: number[]; lags: number[]; on: boolean };
  };
  mlopsRecord.on = false;
  return mlopsRecord;
}
