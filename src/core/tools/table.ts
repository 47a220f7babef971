import { checkConnectionTool } from './checkConnection.ts';
import { changeExperimentTool } from './changeExperiment.ts';
import { changeRunsTool } from './changeRuns.ts';
import { compareObjectsTool } from './compareObjects.ts';
import { compareRunsTool } from './compareRuns.ts';
import { copyObjectTool } from './copyObject.ts';
import { deleteObjectsTool } from './deleteObjects.ts';
import { deletePipelineTool } from './deletePipeline.ts';
import { deleteRunsTool } from './deleteRuns.ts';
import { deleteScheduleTool } from './deleteSchedule.ts';
import { describePipelineTool } from './describePipeline.ts';
import { describeRunTool } from './describeRun.ts';
import { diagnoseRunTool } from './diagnoseRun.ts';
import { installCompilerTool } from './installCompiler.ts';
import { linkObjectTool } from './linkObject.ts';
import { listExperimentsTool } from './listExperiments.ts';
import { listObjectsTool } from './listObjects.ts';
import { listPipelinesTool } from './listPipelines.ts';
import { listRunsTool } from './listRuns.ts';
import { listSchedulesTool } from './listSchedules.ts';
import { plotObjectTool } from './plotObject.ts';
import { readObjectTool } from './readObject.ts';
import { readSourceTool } from './readSource.ts';
import { readTaskLogTool } from './readTaskLog.ts';
import { runPipelineTool } from './runPipeline.ts';
import { stopRunTool } from './stopRun.ts';
import { schedulePipelineTool } from './schedulePipeline.ts';
import { searchDocsTool } from './searchDocs.ts';
import type { Tool } from './tool.ts';
import { traceObjectTool } from './traceObject.ts';
import { uploadObjectTool } from './uploadObject.ts';
import { uploadPipelineTool } from './uploadPipeline.ts';
import { waitForRunTool } from './waitForRun.ts';

/** Every tool, in the order of the manifest and the reference page. One row here adds it everywhere. */
export const tools = [
  listPipelinesTool,
  describePipelineTool,
  runPipelineTool,
  schedulePipelineTool,
  listSchedulesTool,
  waitForRunTool,
  listRunsTool,
  describeRunTool,
  diagnoseRunTool,
  readTaskLogTool,
  readSourceTool,
  compareRunsTool,
  stopRunTool,
  changeRunsTool,
  deleteRunsTool,
  deleteScheduleTool,
  deletePipelineTool,
  uploadPipelineTool,
  listExperimentsTool,
  changeExperimentTool,
  installCompilerTool,
  listObjectsTool,
  readObjectTool,
  plotObjectTool,
  traceObjectTool,
  compareObjectsTool,
  linkObjectTool,
  uploadObjectTool,
  copyObjectTool,
  deleteObjectsTool,
  searchDocsTool,
  checkConnectionTool,
] as const satisfies readonly Tool[];

/** The name of a tool. */
export type ToolName = (typeof tools)[number]['name'];

/** The tools that a model is offered: those for what servers keep only where a connection keeps such. */
export function toolsWhere(keeps: boolean): readonly Tool[] {
  return keeps ? tools : tools.filter((tool: Tool) => tool.kept !== true);
}

/** The tool of that name, or undefined. */
export function findTool(name: string): Tool | undefined {
  return tools.find((tool) => tool.name === name);
}
