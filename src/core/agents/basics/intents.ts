import type { ToolName } from '../../tools/table.ts';
import type { Concept } from './lexicon.ts';

/**
 * What speaks for a thing that somebody wants to look at: points for words that stand together in a sentence. `Pipeline`, `Run`,
 * `Runs` (two or more), `Task`, `Bucket`, `Folder` and `Object` are things that it names; `Focus` and `FocusRun` are a
 * pipeline and a run in focus, `Lines` a number of lines,
 * `alone` a single word.
 */
export type Feature =
  | Concept
  | 'Pipeline'
  | 'Run'
  | 'Runs'
  | 'Task'
  | 'Bucket'
  | 'Folder'
  | 'Object'
  | 'Focus'
  | 'FocusRun'
  | 'Lines'
  | 'canRun'
  | 'alone';

export interface Intent {
  readonly tool: ToolName;
  readonly evidence: readonly (readonly [points: number, ...features: readonly Feature[]])[];
}

export const intents: readonly Intent[] = [
  {
    tool: 'mlops_list_pipelines',
    evidence: [
      [8, 'pipelines'],
      [9, 'canRun'],
      [3, 'pipeline', 'any'],
      [3, 'pipeline', 'list'],
      [3, 'pipeline', 'search'],
      [3, 'any', 'what'],
      [3, 'any', 'list'],
      [3, 'alone', 'list'],
      [-6, 'Pipeline'],
      [-3, 'runs'],
      [-3, 'run'],
    ],
  },
  {
    tool: 'mlops_describe_pipeline',
    evidence: [
      [3, 'Pipeline'],
      [2, 'Pipeline', 'pipeline'],
      [2, 'Pipeline', 'describe'],
      [2, 'Pipeline', 'does'],
      [3, 'Pipeline', 'parameter'],
      [3, 'Pipeline', 'task'],
      [2, 'Pipeline', 'package'],
      [5, 'Focus', 'parameter'],
      [6, 'Focus', 'it', 'does'],
      [-7, 'Run'],
      [-3, 'run'],
      [-4, 'last'],
      [-3, 'previous'],
      [-4, 'failed'],
      [-2, 'did'],
      [-3, 'metric'],
      [-3, 'artifact'],
    ],
  },
  {
    tool: 'mlops_check_connection',
    evidence: [
      [6, 'connection'],
      [3, 'connection', 'server'],
      [3, 'connection', 'why'],
      [3, 'connection', 'failed'],
      [4, 'server', 'status'],
      [4, 'server', 'failed'],
      [-7, 'Run'],
      [-7, 'Pipeline'],
      [-5, 'runs'],
      [-5, 'parameter'],
    ],
  },
  {
    tool: 'mlops_list_runs',
    evidence: [
      [6, 'runs'],
      [4, 'active'],
      [2, 'active', 'any'],
      [4, 'failed', 'any'],
      [4, 'failed', 'which'],
      [3, 'failed', 'list'],
      [5, 'failed', 'often'],
      [4, 'stopped', 'any'],
      [4, 'stopped', 'which'],
      [6, 'recently'],
      [4, 'date', 'did'],
      [3, 'date', 'failed'],
      [5, 'best', 'metric'],
      [3, 'alone', 'failed'],
      [5, 'best', 'run'],
      [5, 'best', 'Pipeline'],
      [3, 'run', 'list'],
      [3, 'run', 'what'],
      [2, 'Pipeline', 'run', 'did'],
      [3, 'Pipeline', 'failed', 'often'],
      [3, 'Pipeline', 'run', 'often'],
      [3, 'run', 'which'],
      [-7, 'Run'],
      [-4, 'task'],
    ],
  },
  {
    tool: 'mlops_describe_run',
    evidence: [
      [5, 'Run'],
      [4, 'last', 'run'],
      [4, 'last', 'Pipeline'],
      [4, 'previous'],
      [3, 'previous', 'run'],
      [4, 'Pipeline', 'did'],
      [3, 'Pipeline', 'how'],
      [5, 'Pipeline', 'ended'],
      [3, 'Pipeline', 'metric'],
      [3, 'Pipeline', 'failed'],
      [2, 'how', 'did'],
      [3, 'how', 'last'],
      [3, 'how', 'run'],
      [3, 'time', 'Pipeline'],
      [3, 'time', 'run'],
      [3, 'it', 'how'],
      [3, 'it', 'metric'],
      [7, 'it', 'did', 'FocusRun'],
      [3, 'describe', 'FocusRun'],
      [-9, 'often'],
      [3, 'metric'],
      [2, 'artifact'],
      [5, 'why'],
      [4, 'failed', 'what'],
      [3, 'failed', 'it'],
      [2, 'failed', 'task'],
      [3, 'failed', 'FocusRun'],
      [5, 'status', 'Run'],
      [5, 'status', 'run'],
      [5, 'status', 'Pipeline'],
      [3, 'status', 'last'],
      [3, 'status'],
      [3, 'alone', 'last'],
      [3, 'last', 'did'],
      [2, 'failed', 'run'],
      [2, 'failed', 'last'],
      [-4, 'runs'],
      [-3, 'pipelines'],
      [-4, 'best'],
    ],
  },
  {
    tool: 'mlops_diagnose_run',
    evidence: [
      [6, 'stuck'],
      [3, 'stuck', 'Run'],
      [3, 'stuck', 'it'],
      [3, 'stuck', 'why'],
      [2, 'stuck', 'what'],
      [2, 'stuck', 'run'],
      // No more than for the description of a run: a question for a reason is read as that first.
      [5, 'why'],
      [3, 'why', 'Run'],
      [3, 'failed', 'Run'],
      [3, 'failed', 'Pipeline'],
      [4, 'failed', 'what'],
      [3, 'failed', 'it'],
      [2, 'failed', 'task'],
      [3, 'failed', 'FocusRun'],
      [2, 'failed', 'run'],
      [2, 'failed', 'last'],
      [-9, 'often'],
      [-6, 'runs'],
      [-3, 'pipelines'],
      [-4, 'best'],
    ],
  },
  {
    tool: 'mlops_read_task_log',
    evidence: [
      [12, 'log'],
      [3, 'Task', 'log'],
      [8, 'prints'],
      [2, 'prints', 'Task'],
      [6, 'Lines'],
    ],
  },
  {
    tool: 'mlops_compare_runs',
    evidence: [
      [15, 'compare'],
      [9, 'Runs'],
      [5, 'better', 'Pipeline'],
      [6, 'better', 'Run'],
      [5, 'better', 'it'],
      [5, 'better', 'metric'],
      [7, 'better', 'last'],
      [7, 'better', 'run'],
      [7, 'changed'],
    ],
  },
  { tool: 'mlops_wait_for_run', evidence: [[12, 'wait']] },
  {
    tool: 'mlops_list_objects',
    evidence: [
      [6, 'bucket'],
      [3, 'bucket', 'Bucket'],
      [5, 'Bucket', 'object'],
      [4, 'Bucket', 'what'],
      [4, 'Bucket', 'list'],
      [8, 'Folder'],
      [-4, 'Run'],
    ],
  },
  { tool: 'mlops_read_object', evidence: [[12, 'Object']] },
];

/** What has to be said for an intent before it counts. */
export const enough = 3;
