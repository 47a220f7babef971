import type { Run, RunId } from '../../core/domain/run.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { comparisonTable } from '../../core/results/comparisonTable.ts';
import { describeRun } from '../../core/runs/describeRun.ts';
import { lastGoodRun } from '../../core/runs/lastGoodRun.ts';
import { forPeople } from '../../core/text/markdown.ts';
import type { FromPanel, ObjectRef, PanelAction, ToPanel } from '../../webviews/results/contract.ts';
import type { CommandId } from '../commands/command.ts';
import { deadline } from '../deadline.ts';
import { matrixCsv } from './matrixCsv.ts';
import { readReport } from './readReport.ts';
import type { PanelContent, ReadDeps } from './readResults.ts';

/** What a panel does in the editor. */
export interface PanelEffects {
  readonly command: (id: CommandId, target: object) => void;
  readonly copy: (text: string) => void;
  readonly openText: (text: string, language: string) => void;
  readonly openInBrowser: (store: ObjectStore, object: ObjectRef) => Promise<void>;
  /** Tells the person what failed. */
  readonly tell: (failure: string) => void;
}

interface MessageDeps extends ReadDeps {
  readonly effects: PanelEffects;
  readonly runs: readonly RunId[];
  readonly content: PanelContent | undefined;
  readonly post: (message: ToPanel) => void;
}

/** Carries out a message of the page. */
export async function handleMessage(
  message: Exclude<FromPanel, { type: 'ready' }>,
  deps: MessageDeps,
): Promise<void> {
  switch (message.type) {
    case 'action':
      return act(message, deps);
    case 'openMatrix': {
      const chart = deps.content?.charts[message.chart]?.chart;
      if (chart?.kind === 'matrix') deps.effects.openText(matrixCsv(chart), 'csv');
      return;
    }
    case 'openObject':
      return deps.effects.command('mlops.openObject', {
        ...message.object,
        connection: deps.backend.connection.id,
      });
    case 'readReport':
    case 'openInBrowser':
      return showReport(message.type, message.object, deps);
  }
}

const noStore = {
  kind: 'unshown',
  message: 'The object store of the connection cannot be opened. MLOps: Check connection says why.',
} as const;

async function showReport(
  where: 'readReport' | 'openInBrowser',
  object: ObjectRef,
  { effects, store, content, post }: MessageDeps,
): Promise<void> {
  // Only the run's own reports, so that the page cannot read other objects.
  const type = reportType(content?.runs ?? [], object);
  if (type === undefined) return;
  if (store === undefined) return post({ type: 'report', object, report: noStore });
  if (where === 'openInBrowser') return effects.openInBrowser(store, object);
  post({ type: 'report', object, report: await readReport(store, object, type) });
}

const commandOf: Readonly<
  Record<Exclude<PanelAction, 'copyMarkdown' | 'compareWith' | 'openPipeline'>, CommandId>
> = {
  runAgain: 'mlops.runAgain',
  runAgainWith: 'mlops.runAgainWith',
  runWithoutCache: 'mlops.runWithoutCache',
  stop: 'mlops.stopRun',
  delete: 'mlops.deleteRun',
  ask: 'mlops.askAboutRun',
  openFolder: 'mlops.openFolder',
  goToLine: 'mlops.goToFailingLine',
  openLog: 'mlops.openLog',
  openRun: 'mlops.openRun',
};

async function act(message: Extract<FromPanel, { type: 'action' }>, deps: MessageDeps): Promise<void> {
  const { action, run = deps.runs[0], task } = message;
  const { effects, runs, content } = deps;
  const connection = deps.backend.connection.id;
  if (action === 'copyMarkdown') return effects.copy(await asMarkdown(deps));
  if (action === 'compareWith')
    return effects.command(
      'mlops.compareRuns',
      runs.length === 1 ? { connection, run: runs[0] } : { connection },
    );
  if (action === 'openPipeline')
    return effects.command('mlops.openPipeline', { connection, pipeline: content?.runs[0]?.pipeline.id });
  const running = content?.runs[0]?.tasks.some((one) => one.path === task && one.state === 'running');
  effects.command(action === 'openLog' && running ? 'mlops.followLog' : commandOf[action], {
    connection,
    run,
    task,
  });
}

async function asMarkdown({ content, backend }: MessageDeps): Promise<string> {
  if (content?.state.kind === 'comparison') return comparisonTable(content.state.comparison);
  const run = content?.runs[0];
  if (run === undefined) return '';
  return forPeople(describeRun(run, await lastGoodRun(backend, run, deadline())));
}

function reportType(runs: readonly Run[], { bucket, key }: ObjectRef): 'html' | 'markdown' | undefined {
  const artifact = runs
    .flatMap((run) => run.tasks.flatMap((task) => task.artifacts))
    .find(({ object }) => object?.bucket === bucket && object.key === key);
  if (artifact?.type === 'HTML') return 'html';
  return artifact?.type === 'Markdown' ? 'markdown' : undefined;
}
