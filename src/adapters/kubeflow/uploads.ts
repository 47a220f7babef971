import type { PipelineVersion } from '../../core/domain/pipelineVersion.ts';
import type { Specification } from '../../core/pipelineSpec/readSpecification.ts';
import { MlopsError, throwIfAborted } from '../../core/ports/mlopsError.ts';
import type { UploadRequest } from '../../core/ports/pipelineLibrary.ts';
import { asName } from '../../core/text/literal.ts';
import type { ApiRequest, KubeflowApi } from './api.ts';
import type { ServerPipelines } from './library.ts';
import { isLost, uncertain } from './lostAnswers.ts';
import { pipeline, version } from './schema.ts';

const root = '/apis/v2beta1/pipelines';

/** A file to send, and how what it becomes is found again. */
interface Sending {
  readonly request: ApiRequest;
  readonly name: string;
  /** What it became; undefined where it is not there. */
  readonly find: (signal: AbortSignal) => Promise<PipelineVersion | undefined>;
}

/** Sends a checked specification as a new pipeline, or as a new version of one. */
export async function upload(
  { api, pipelines }: { readonly api: KubeflowApi; readonly pipelines: ServerPipelines },
  { name, into, description }: Pick<UploadRequest, 'name' | 'into'> & { readonly description?: string },
  specification: Specification,
  signal: AbortSignal,
): Promise<PipelineVersion> {
  const about = { name, description };
  const form = formOf(specification);
  const sending: Sending =
    into === undefined
      ? {
          request: {
            method: 'POST',
            path: `${root}/upload`,
            query: { ...about, namespace: api.endpoint.namespace },
            form,
          },
          name,
          find: async (asked) => {
            const id = await pipelines.named(name, asked);
            return id === undefined ? undefined : (await pipelines.versions(id, { size: 1 }, asked)).items[0];
          },
        }
      : {
          request: {
            method: 'POST',
            path: `${root}/upload_version`,
            query: { ...about, pipelineid: into },
            form,
          },
          name,
          find: (asked) => pipelines.newestNamed(into, name, asked),
        };
  if ((await sending.find(signal)) !== undefined) throw taken(name);
  throwIfAborted(signal);
  await send(api, sending, into === undefined);
  const unhurried = new AbortController().signal;
  const made = await sending.find(unhurried);
  if (made === undefined) throw new MlopsError('internal', `${asName(name)} was uploaded and is not there.`);
  return made;
}

/** Sends the file once more when the answer was lost and it is not there. What was begun is not cancelled half-way. */
async function send(api: KubeflowApi, { request, name, find }: Sending, isNew: boolean): Promise<void> {
  const unhurried = new AbortController().signal;
  const post = () => api.json(request, isNew ? pipeline : version, unhurried);
  try {
    await post();
  } catch (error) {
    if (isConflict(error)) throw taken(name);
    if (!isLost(error)) throw error;
    const lost = uncertain(
      error,
      `${asName(name)} was uploaded`,
      'List the pipelines before you upload it again.',
    );
    const there = await find(unhurried).catch(() => {
      throw lost;
    });
    if (there !== undefined) return;
    await post().catch((again: unknown) => {
      // The first one arrived late.
      if (!isConflict(again)) throw isLost(again) ? lost : again;
    });
  }
}

/** JSON is YAML: what is written here can always be read. A server does not survive a file that cannot. */
function formOf({ json, platform }: Specification): FormData {
  const documents = platform === undefined ? [json] : [json, platform];
  const text = documents.map((one) => JSON.stringify(one)).join('\n---\n');
  const form = new FormData();
  form.set('uploadfile', new Blob([text]), 'pipeline.yaml');
  return form;
}

function isConflict(error: unknown): boolean {
  return error instanceof MlopsError && error.kind === 'conflict';
}

function taken(name: string): MlopsError {
  return new MlopsError('conflict', `There is one called ${asName(name)} already.`, {
    hint: 'Take another name.',
  });
}
