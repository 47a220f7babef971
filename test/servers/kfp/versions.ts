import { randomUUID } from 'node:crypto';
import { decodeBody } from './decode.ts';
import { internal, invalid, missing } from './failure.ts';
import { type ListKind, listOf } from './lists.ts';
import * as messages from './messages.ts';
import { changedTags, optionsRefused } from './tags.ts';
import { filled, seconds, type State, timeText, type Version } from './state.ts';
import type { Struct, Tags } from './struct.ts';

const columns = {
  id: ({ id }: Version) => id,
  pipeline_version_id: ({ id }: Version) => id,
  name: ({ name }: Version) => name,
  display_name: ({ displayName }: Version) => displayName,
  created_at: ({ createdAt }: Version) => seconds(createdAt),
  status: () => 'READY',
  description: ({ description }: Version) => description,
};

const listKind: ListKind<Version> = {
  type: 'PipelineVersion',
  table: 'pipeline_versions',
  idOf: ({ id }) => id,
  filterable: columns,
  sortable: columns,
  tags: ({ tags }) => tags,
  refused: (query) => optionsRefused('pipeline versions', query),
  failed: 'Failed to list pipeline versions',
};

export interface NewVersion {
  readonly pipeline: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly spec: Struct;
  readonly codeSource?: string;
  readonly tags: Tags;
}

export function addVersion(state: State, { codeSource = '', ...made }: NewVersion): Version {
  const version = { id: randomUUID(), codeSource, createdAt: state.now(), ...made };
  state.versions.set(version.id, version);
  return version;
}

/** The versions of a pipeline, newest first. */
export function versionsOf(state: State, pipeline: string): readonly Version[] {
  return [...state.versions.values()]
    .filter((version) => version.pipeline === pipeline)
    .toSorted((a, b) => seconds(b.createdAt) - seconds(a.createdAt) || (a.id < b.id ? 1 : -1));
}

export function listVersions(state: State, pipeline: string, query: URLSearchParams): object {
  if (!state.pipelines.has(pipeline))
    throw missing(
      `Failed to list pipeline versions for pipeline ${pipeline}: Failed to list pipeline versions due to error fetching the namespace for pipeline ${pipeline}: Failed to get namespace for pipeline id ${pipeline}: Failed to get a pipeline with id ${pipeline}: `,
      `Pipeline ${pipeline}`,
    );
  const { items, total, next } = listOf(versionsOf(state, pipeline), listKind, query);
  const pipeline_versions = items.map(showVersion);
  return filled({ pipeline_versions, total_size: total || undefined, next_page_token: next });
}

export function getVersion(state: State, id: string): object {
  return showVersion(versionOf(state, id, `Failed to get a pipeline version ${id}: `));
}

export function versionOf(state: State, id: string, before: string): Version {
  const found = state.versions.get(id);
  if (!found)
    throw missing(`${before}Failed to get a pipeline version with id ${id}: `, `PipelineVersion ${id}`);
  return found;
}

/** Without a file that is read from an address the server makes none; the stand-in reads no addresses. */
export function createVersion(body: string): object {
  const version = decodeBody(body, messages.version);
  if (version['package_url'] === undefined)
    throw invalid('', 'Failed to create a pipeline version. Package URL is nil');
  if (version['pipeline_id'] === undefined)
    throw invalid('', 'Failed to create a pipeline version. Parent pipeline id is empty');
  throw internal('Failed to create a pipeline version: ', 'the stand-in reads no addresses');
}

export function patchVersion(state: State, id: string, body: string): object {
  const { display_name: name, tags } = decodeBody(body, messages.version);
  const before = `Failed to update pipeline version ${id}. Check error stack: `;
  const found = state.versions.get(id);
  if (!found) throw missing(before, `PipelineVersion ${id}`);
  found.tags = changedTags(found.tags, tags, before);
  if (typeof name === 'string' && name !== '') found.displayName = name;
  return showVersion(found);
}

export function deleteVersion(state: State, pipeline: string, id: string): object {
  if (!state.versions.delete(id))
    throw missing(
      `Failed to delete a pipeline version id ${id} under pipeline id ${pipeline}. Check error stack: Failed to delete pipeline version with id ${id} as it was not found: `,
      `PipelineVersion ${id}`,
    );
  return {};
}

export function showVersion(version: Version): object {
  return filled({
    pipeline_id: version.pipeline,
    pipeline_version_id: version.id,
    display_name: version.displayName,
    name: version.name,
    description: version.description,
    created_at: timeText(version.createdAt),
    code_source_url: version.codeSource,
    pipeline_spec: version.spec,
    tags: version.tags,
  });
}
