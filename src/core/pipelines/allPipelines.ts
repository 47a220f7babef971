import type { PipelineSummary } from '../domain/pipeline.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';

const most = 2000;

/** At most 2000 pipelines, all pages together. */
export async function allPipelines(
  backend: PipelineBackend,
  signal: AbortSignal,
): Promise<readonly PipelineSummary[]> {
  const all: PipelineSummary[] = [];
  let page: string | undefined;
  do {
    const listed = await backend.listPipelines(
      { size: 200, ...(page === undefined ? {} : { page }) },
      signal,
    );
    all.push(...listed.items);
    page = listed.next;
  } while (page !== undefined && all.length < most);
  return all;
}
