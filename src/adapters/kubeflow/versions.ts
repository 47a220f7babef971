import type { Page, PageQuery } from '../../core/domain/page.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import { type PipelineVersion, versionId } from '../../core/domain/pipelineVersion.ts';
import { pageSize, wrongPageToken } from '../../core/ports/pages.ts';
import { type KubeflowApi, part } from './api.ts';
import { type ApiVersion, versionList } from './schema.ts';

/** A page of the versions of a pipeline, the newest first. They are counted from the oldest. */
export async function listVersions(
  api: KubeflowApi,
  pipeline: PipelineId,
  query: PageQuery,
  signal: AbortSignal,
): Promise<Page<PipelineVersion>> {
  const { before, token } = placeIn(query.page);
  const asked = {
    page_size: String(pageSize(query)),
    sort_by: 'created_at desc',
    page_token: token,
  };
  const path = `/apis/v2beta1/pipelines/${part(pipeline)}/versions`;
  const page = await api.json({ path, query: asked }, versionList, signal);
  const versions = page.pipeline_versions;
  const total = page.total_size ?? before + versions.length;
  const items = versions.map((one, index) => toVersion(pipeline, one, total - before - index));
  const next = page.next_page_token ?? '';
  return { items, total, ...(next === '' ? {} : { next: `${before + items.length}~${next}` }) };
}

export function toVersion(pipeline: PipelineId, version: ApiVersion, number: number): PipelineVersion {
  const { pipeline_version_id: id, display_name: name = id, created_at: createdAt = 0 } = version;
  return { id: versionId(pipeline, id), pipeline, name, number, createdAt };
}

/** A token of ours: how many versions come before the page, and the server's token. */
function placeIn(page: string | undefined): { readonly before: number; readonly token?: string } {
  if (page === undefined) return { before: 0 };
  const [, before, token] = /^(\d{1,9})~(.+)$/s.exec(page) ?? [];
  if (before === undefined || token === undefined) throw wrongPageToken();
  return { before: Number(before), token };
}
