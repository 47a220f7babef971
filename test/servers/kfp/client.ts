import type { KfpServer } from './server.ts';

/** Uploads a file to a server, as a new pipeline or as a version of one, and returns the pipeline's id. */
export async function uploadTo(
  { address }: Pick<KfpServer, 'address'>,
  upload: {
    readonly name: string;
    readonly text: string;
    readonly description?: string;
    readonly pipeline?: string;
  },
): Promise<string> {
  const { name, text, description = '', pipeline } = upload;
  const form = new FormData();
  form.set('uploadfile', new Blob([text]), 'pipeline.yaml');
  const query = new URLSearchParams({
    name,
    description,
    ...(pipeline === undefined ? {} : { pipelineid: pipeline }),
  });
  const route = pipeline === undefined ? 'upload' : 'upload_version';
  const response = await fetch(`${address}/apis/v2beta1/pipelines/${route}?${query.toString()}`, {
    method: 'POST',
    body: form,
  });
  const made = (await response.json()) as { readonly pipeline_id?: string };
  if (made.pipeline_id === undefined) throw new Error(`${name} was not uploaded: ${JSON.stringify(made)}`);
  return made.pipeline_id;
}
