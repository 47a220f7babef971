import { randomUUID } from 'node:crypto';
import type { KfpServer } from './server.ts';
import type { Run } from './state.ts';

/** Copies of a run that ended, the oldest first; three share each second, as those of a script do. */
export function addCopies({ state }: KfpServer, of: string, count: number): void {
  const original = state.runs.get(of);
  if (original === undefined) throw new Error(`There is no run ${of}.`);
  const begin = original.createdAt - (Math.ceil(count / 3) + 1) * 1000;
  for (let index = 0; index < count; index += 1) {
    const id = randomUUID();
    const createdAt = begin + Math.floor(index / 3) * 1000;
    const copy: Run = { ...original, id, name: `copy ${index + 1}`, createdAt };
    state.runs.set(id, copy);
  }
}

/** Starts a run of a pipeline of the server; its id. */
export async function startRunOf({ address }: Pick<KfpServer, 'address'>, pipeline: string): Promise<string> {
  const version = await versionOf(address, pipeline);
  const response = await fetch(`${address}/apis/v2beta1/runs`, {
    method: 'POST',
    body: JSON.stringify({
      display_name: 'original',
      pipeline_version_reference: { pipeline_id: pipeline, pipeline_version_id: version },
    }),
  });
  const made = (await response.json()) as { readonly run_id?: string };
  if (made.run_id === undefined) throw new Error(`It was not started: ${JSON.stringify(made)}`);
  return made.run_id;
}

async function versionOf(address: string, pipeline: string): Promise<string> {
  const response = await fetch(`${address}/apis/v2beta1/pipelines/${pipeline}/versions`);
  const { pipeline_versions: versions } = (await response.json()) as {
    readonly pipeline_versions: readonly { readonly pipeline_version_id: string }[];
  };
  return versions[0]?.pipeline_version_id ?? '';
}
