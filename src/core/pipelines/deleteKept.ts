import type { Experiment } from '../domain/experiment.ts';
import type { PipelineSummary } from '../domain/pipeline.ts';
import type { PipelineVersion } from '../domain/pipelineVersion.ts';
import { named, type Question, textParagraph } from '../domain/question.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { experimentsOf, findExperiment } from '../runs/findExperiment.ts';
import { count } from '../text/markdown.ts';
import { findKept, findVersion, libraryOf } from './keptPipelines.ts';

/** What a connection keeps, as it is to be deleted. */
export type Kept =
  | {
      readonly kind: 'pipeline';
      readonly name: string;
      readonly pipeline: PipelineSummary;
      readonly versions: number;
    }
  | {
      readonly kind: 'version';
      readonly name: string;
      readonly of: string;
      readonly version: PipelineVersion;
    }
  | { readonly kind: 'experiment'; readonly name: string; readonly experiment: Experiment };

/** The kept pipeline, or version of one, that a text means. Throws MlopsError. */
export async function keptPipeline(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<Kept> {
  const library = libraryOf(backend);
  const one = await findVersion(backend, text, signal);
  if (one !== undefined)
    return { kind: 'version', name: one.version.name, of: one.pipeline.name, version: one.version };
  const pipeline = await findKept(backend, text, signal);
  const { total = 0 } = await library.versions(pipeline.id, { size: 1 }, signal);
  return { kind: 'pipeline', name: pipeline.name, pipeline, versions: total };
}

/** The experiment that a text means. Throws MlopsError. */
export async function keptExperiment(
  backend: PipelineBackend,
  text: string,
  signal: AbortSignal,
): Promise<Kept> {
  const experiment = await findExperiment(backend, text, signal);
  return { kind: 'experiment', name: experiment.name, experiment };
}

/** The question before it is deleted: what goes and what stays. */
export function deleteKeptQuestion(kept: Kept): Question {
  const { name } = kept;
  const verb = 'Delete';
  switch (kept.kind) {
    case 'pipeline':
      return {
        title: ['Delete the pipeline ', named(name), '?'],
        verb,
        paragraphs: [
          textParagraph(
            `It goes for good, with ${count(kept.versions, 'version')}. Its runs stay, without their graph.`,
          ),
        ],
      };
    case 'version':
      return {
        title: ['Delete the version ', named(name), ' of ', named(kept.of), '?'],
        verb,
        paragraphs: [
          textParagraph(`Version ${kept.version.number} goes for good. Its runs stay, without their graph.`),
        ],
      };
    case 'experiment':
      return {
        title: ['Delete the experiment ', named(name), '?'],
        verb,
        paragraphs: [
          textParagraph('It goes for good. Its runs stay and belong to none; its schedules go on.'),
        ],
      };
  }
}

/** Deletes it. */
export async function deleteKept(backend: PipelineBackend, kept: Kept, signal: AbortSignal): Promise<void> {
  switch (kept.kind) {
    case 'pipeline':
      return libraryOf(backend).delete(kept.pipeline.id, signal);
    case 'version':
      return libraryOf(backend).delete(kept.version.id, signal);
    case 'experiment':
      return experimentsOf(backend).delete(kept.experiment.id, signal);
  }
}
