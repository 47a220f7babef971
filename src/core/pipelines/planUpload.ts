import { type Question, named, textParagraph } from '../domain/question.ts';
import type { PipelineId } from '../domain/pipeline.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { asName } from '../text/literal.ts';
import { findPipeline } from './findPipeline.ts';
import { libraryOf } from './keptPipelines.ts';
import { blocked, broken, type RunPlan } from './planRun.ts';
import { connectionPhrase, preparationSentences } from './runQuestion.ts';

/** An upload, in people's words. */
export interface UploadWish {
  /** A pipeline of the workspace: its name, id or file. */
  readonly pipeline: string;
  /** What it is called there; left out: its own name. */
  readonly name?: string | undefined;
  /** What the version is called, where there is a pipeline of that name; left out: the next number. */
  readonly version?: string | undefined;
}

/** An upload that can be made, as a run of the pipeline would be prepared. */
export interface UploadPlan extends RunPlan {
  readonly name: string;
  /** The pipeline that gets the version; undefined where there is none of that name. */
  readonly into?: PipelineId;
  readonly version?: string;
}

/**
 * Checks everything that can be checked before an upload, so that a file that is broken, or cannot run there, is never sent. Throws
 * MlopsError as `planRun` does.
 */
export async function planUpload(
  backend: PipelineBackend,
  wish: UploadWish,
  signal: AbortSignal,
): Promise<UploadPlan> {
  const library = libraryOf(backend);
  const summary = await findPipeline(backend, wish.pipeline, signal);
  if (summary.source.kind === 'server')
    throw new MlopsError(
      'conflict',
      `${asName(summary.name)} is on ${asName(backend.connection.name)} already.`,
      {
        hint: 'Name a pipeline of the workspace, by its file.',
      },
    );
  const pipeline = await backend.getPipeline(summary.id, signal);
  if (pipeline.problem !== undefined) throw broken(pipeline);
  const request = { pipeline: pipeline.id, parameters: {}, cache: true, idempotencyKey: '' };
  const preparation = await backend.prepareRun(request, signal);
  if (preparation.blockers.length > 0) throw blocked(pipeline, preparation.blockers);
  const { name = pipeline.name } = wish;
  const common = { pipeline, given: {}, values: {}, preparation, name };
  const into = await library.named(name, signal);
  if (into === undefined) return common;
  const { items, total = items.length } = await library.versions(into, { size: 200 }, signal);
  const names = new Set(items.map((one) => one.name));
  return { ...common, into, version: wish.version ?? nextName(names, total + 1) };
}

function nextName(names: ReadonlySet<string>, number: number): string {
  return names.has(`v${number}`) ? nextName(names, number + 1) : `v${number}`;
}

/** The question before an upload: what it becomes, where it comes from, what is compiled. */
export function uploadQuestion(plan: UploadPlan, { connection }: PipelineBackend): Question {
  const { name, version, pipeline, preparation } = plan;
  const as = version === undefined ? [' as a new pipeline'] : [' as its version ', named(version)];
  return {
    title: ['Upload ', named(name), ...as, ' to ', connectionPhrase(connection), '?'],
    verb: 'Upload',
    paragraphs: [
      textParagraph('From ', named(pipeline.source.label ?? pipeline.name), '. Nothing is run there.'),
      ...preparationSentences(preparation).map((phrase) => textParagraph(...phrase)),
    ],
  };
}
