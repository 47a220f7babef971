import type { RunSummary } from '../../core/domain/run.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { type FailureSources, failurePlaces } from '../code/failurePlace.ts';
import type { SourceFiles } from '../../core/ports/sourceFiles.ts';
import { editorFiles } from '../code/sourceFiles.ts';
import { deadline } from '../deadline.ts';

/** A button of a notification and the command behind it. */
export interface EndButton {
  readonly title: string;
  readonly command: 'mlops.openRun' | 'mlops.openLog' | 'mlops.goToFailingLine' | 'mlops.askAboutRun';
}

const results: EndButton = { title: 'Results', command: 'mlops.openRun' };
const line: EndButton = { title: 'Go to line', command: 'mlops.goToFailingLine' };
/** Asks in the chat why it failed. */
const diagnose: EndButton = { title: 'Diagnose', command: 'mlops.askAboutRun' };
const log: EndButton = { title: 'Show log', command: 'mlops.openLog' };

/** The buttons for a run that ended; for a failure, to its line in the person's code, else to the log, and to its diagnosis. */
export async function endButtons(
  run: RunSummary,
  task: string | undefined,
  backend: Pick<PipelineBackend, 'getRun'> & FailureSources,
  files: SourceFiles = editorFiles,
): Promise<readonly EndButton[]> {
  if (run.state !== 'failed') return [results];
  if (task === undefined) return [results, diagnose];
  const known = await isLineKnown(run, task, backend, files);
  return known ? [line, results, diagnose] : [results, log, diagnose];
}

async function isLineKnown(
  { id }: RunSummary,
  task: string,
  backend: Pick<PipelineBackend, 'getRun'> & FailureSources,
  files: SourceFiles,
): Promise<boolean> {
  try {
    const run = await backend.getRun(id, deadline());
    return (await failurePlaces(run, files, backend, task)).some(({ changed }) => !changed);
  } catch {
    return false; // the notification is shown in any case
  }
}
