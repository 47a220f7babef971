import { aboutResult } from '../../../core/agents/about.ts';
import { moveFocus } from '../../../core/agents/moveFocus.ts';
import type { Focus } from '../../../core/domain/focus.ts';
import { mentioned } from '../../../core/domain/mention.ts';
import type { PipelineSummary } from '../../../core/domain/pipeline.ts';
import { isIn } from '../../../core/domain/pipelineVariant.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { allPipelines } from '../../../core/pipelines/allPipelines.ts';
import { middleOf } from '../../../core/text/lineWindow.ts';
import { pythonFunctions, type PythonFunction } from '../../../core/text/pythonFunctions.ts';
import { mentionsOfRun } from '../../../core/tools/runResult.ts';
import type { SourceFiles } from '../../../core/ports/sourceFiles.ts';
import type { Attachment } from './attachment.ts';

/** What the focus is found with. */
export interface FocusDeps {
  readonly backend: PipelineBackend;
  readonly files: Pick<SourceFiles, 'text'>;
}

/**
 * The focus of a sentence that came with these files: the pipeline in them where it is one, the function that the selection
 * stands in, and for a question about a failure the pipeline's last failed run. Undefined where no pipeline is in them.
 */
export async function attachedFocus(
  attachments: readonly Attachment[],
  sentence: string,
  { backend, files }: FocusDeps,
  signal: AbortSignal,
): Promise<Focus | undefined> {
  const inFiles = attachments.filter(({ uri }) => uri?.scheme === 'file');
  if (inFiles.length === 0) return undefined;
  const all = await allPipelines(backend, signal);
  const perFile: Found[] = [];
  for (const file of inFiles) perFile.push(await pipelinesIn(file, all, files));
  const withPipelines = perFile.filter(({ pipelines }) => pipelines.length > 0);
  const [first, ...others] = withPipelines;
  const pipelines = new Map(withPipelines.flatMap((one) => one.pipelines.map((each) => [each.id, each])));
  const [pipeline] = pipelines.values();
  if (first === undefined || pipeline === undefined) return undefined;
  const connection = backend.connection.id;
  const within = others.length > 0 || first.within === undefined ? {} : { function: first.within };
  if (pipelines.size > 1)
    // A file names all that are in it: who asks is told which there are.
    return others.length > 0
      ? undefined
      : { connection, pipeline: pipeline.source.label ?? pipeline.id, ...within };
  const focus = { connection, pipeline: nameOf(pipeline, all) };
  const failed = asksForFailure.test(sentence) ? await failedRun(backend, pipeline, signal) : [];
  return { ...moveFocus(focus, aboutResult(mentioned(connection, failed))), ...focus, ...within };
}

const asksForFailure =
  /\b(?:fail(?:s|ed|ing|ure)?|errors?|exception|crash(?:es|ed|ing)?|br(?:eaks?|oke|oken)|wrong)\b/i;

interface Found {
  readonly pipelines: readonly PipelineSummary[];
  /** The function that the selection stands in. */
  readonly within?: string;
}

/** The pipelines in a file; where it has several, the one that the selection stands in. */
async function pipelinesIn(
  { uri, selected }: Attachment,
  all: readonly PipelineSummary[],
  files: FocusDeps['files'],
): Promise<Found> {
  const file = uri?.fsPath ?? '';
  const pipelines = all.filter((pipeline) => isIn(pipeline, file));
  if (selected === undefined || !file.endsWith('.py')) return { pipelines };
  const around = functionsAround((await files.text(file)) ?? '', middleOf(selected));
  const named = pipelines.filter((pipeline) => around.some(({ name }) => isIn(pipeline, file, name)));
  const within = around.at(-1)?.name;
  return {
    pipelines: pipelines.length > 1 && named.length > 0 ? named : pipelines,
    ...(within === undefined ? {} : { within }),
  };
}

/** The functions that a line stands in, innermost last. */
function functionsAround(text: string, line: number): readonly PythonFunction[] {
  return pythonFunctions(text).filter(({ top, end }) => top <= line && line <= end);
}

/** Its name where no other has it, else its id. */
function nameOf({ id, name }: PipelineSummary, all: readonly PipelineSummary[]): string {
  return all.some((other) => other.name === name && other.id !== id) ? id : name;
}

/** What names the last failed run of a pipeline, if there is one. */
async function failedRun(backend: PipelineBackend, { id }: PipelineSummary, signal: AbortSignal) {
  const { items } = await backend.listRuns({ size: 1, pipeline: id, states: ['failed'] }, signal);
  const [newest] = items;
  return newest === undefined ? [] : mentionsOfRun(await backend.getRun(newest.id, signal));
}
