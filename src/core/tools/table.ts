import { compareRuns } from './compareRuns.ts';
import { deleteRun } from './deleteRun.ts';
import { describePipeline } from './describePipeline.ts';
import { describeRun } from './describeRun.ts';
import { installCompiler } from './installCompiler.ts';
import { listObjects } from './listObjects.ts';
import { listPipelines } from './listPipelines.ts';
import { listRuns } from './listRuns.ts';
import { readObject } from './readObject.ts';
import { readTaskLog } from './readTaskLog.ts';
import { runPipeline } from './runPipeline.ts';
import { stopRun } from './stopRun.ts';
import type { Tool } from './tool.ts';
import { waitForRun } from './waitForRun.ts';

/** Every tool, in the order of the manifest and the reference page. One row here adds it everywhere. */
export const tools: readonly Tool[] = [
  listPipelines,
  describePipeline,
  runPipeline,
  waitForRun,
  listRuns,
  describeRun,
  readTaskLog,
  compareRuns,
  stopRun,
  deleteRun,
  installCompiler,
  listObjects,
  readObject,
];

/** The tool of that name, or undefined. */
export function findTool(name: string): Tool | undefined {
  return tools.find((tool) => tool.name === name);
}
