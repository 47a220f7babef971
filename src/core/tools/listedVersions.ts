import type { Page } from '../domain/page.ts';
import type { PipelineSummary } from '../domain/pipeline.ts';
import type { PipelineVersion } from '../domain/pipelineVersion.ts';
import { findKept, libraryOf } from '../pipelines/keptPipelines.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import { moment } from '../text/dates.ts';
import { code } from '../text/markdown.ts';
import { moreText } from './pages.ts';

/** The versions of a pipeline that a server keeps. */
export interface ListedVersions {
  readonly kind: 'versions';
  readonly pipeline: PipelineSummary;
  readonly found: Page<PipelineVersion>;
  /** The same without the page, as the next page is asked for. */
  readonly filter: { readonly versions: string };
}

/** Reads a page of the versions of a pipeline. Throws MlopsError. */
export async function readVersions(
  backend: PipelineBackend,
  versions: string,
  page: string | undefined,
  signal: AbortSignal,
): Promise<ListedVersions> {
  const library = libraryOf(backend);
  const pipeline = await findKept(backend, versions, signal);
  const asked = { size: 50, ...(page === undefined ? {} : { page }) };
  const found = await library.versions(pipeline.id, asked, signal);
  return { kind: 'versions', pipeline, found, filter: { versions: pipeline.id } };
}

/** The versions for people and models, the newest first. */
export function renderVersions({ pipeline, found }: ListedVersions): string {
  const name = code(pipeline.name);
  if (found.items.length === 0) return `${name} has no versions.`;
  const lines = found.items.map(
    (one) => `- version ${one.number}: ${code(one.name)}, of ${moment(one.createdAt)}`,
  );
  return [`Versions of ${name}, the newest first:`, lines.join('\n'), moreText(found)]
    .filter(Boolean)
    .join('\n\n');
}
