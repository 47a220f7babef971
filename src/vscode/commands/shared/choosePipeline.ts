import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PipelineId, PipelineSummary } from '../../../core/domain/pipeline.ts';
import { isIn } from '../../../core/domain/pipelineVariant.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { allPipelines } from '../../../core/pipelines/allPipelines.ts';
import { saveBeside } from '../../code/saveBeside.ts';
import { deadline } from '../../deadline.ts';
import type { Target } from '../../target.ts';
import { targetOf } from './arguments.ts';
import { pickOf, pickPipeline } from './pick.ts';

/**
 * The pipeline for a command: of a row, of a file (which is saved first), or one that the person picks, those
 * of the file in front first. Throws MlopsError notFound for a given file without one.
 */
export async function choosePipeline(
  backend: PipelineBackend,
  args: readonly unknown[],
  title: string,
): Promise<PipelineId | undefined> {
  const target = targetOf(args, 'pipeline');
  const file = fileOf(target);
  if (file === undefined) {
    const front = fileOf({ here: true });
    const first = (one: PipelineSummary) => front !== undefined && isIn(one, front);
    return target.pipeline === undefined
      ? (await pickPipeline(backend, title, first))?.id
      : onlyOne(backend, target.pipeline, title);
  }
  await saveBeside(file);
  const all = await allPipelines(backend, deadline());
  const matching = all.filter((pipeline) => isIn(pipeline, file, target.function));
  const [first, ...more] = matching;
  if (first === undefined && target.here === true) return (await pickPipeline(backend, title))?.id;
  if (first === undefined) throw withoutPipeline(file, target.function);
  return more.length === 0 ? first.id : (await pickOf(matching, title))?.id;
}

/** An id is used as it is; a link may give a name instead, and where several pipelines have it the person picks. */
async function onlyOne(
  backend: PipelineBackend,
  named: PipelineId,
  title: string,
): Promise<PipelineId | undefined> {
  if (/[.:/\\]/.test(named)) return named; // an id names a file
  const all = await allPipelines(backend, deadline());
  const matching = all.filter(({ name }) => name === named);
  return matching.length > 1 ? (await pickOf(matching, title))?.id : named;
}

/** The given file, or with `here` the one in front. */
export function fileOf({ file, here }: Target): string | undefined {
  if (file !== undefined || here !== true) return file;
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}

function withoutPipeline(file: string, name: string | undefined): MlopsError {
  const what = name === undefined ? 'holds no pipeline' : `holds no pipeline ${name}`;
  return new MlopsError('notFound', `${path.basename(file)} ${what} that was found.`, {
    hint: 'A pipeline is a function with @dsl.pipeline, or a compiled YAML, in a folder that is open.',
  });
}
