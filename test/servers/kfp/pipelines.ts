import { randomUUID } from 'node:crypto';
import { decodeBody } from './decode.ts';
import { invalid, missing, Refusal } from './failure.ts';
import { type ListKind, listOf } from './lists.ts';
import * as messages from './messages.ts';
import { filled, type Pipeline, seconds, type State, timeText } from './state.ts';
import type { Tags } from './struct.ts';
import { changedTags, optionsRefused } from './tags.ts';
import { versionsOf } from './versions.ts';

const columns = {
  id: ({ id }: Pipeline) => id,
  pipeline_id: ({ id }: Pipeline) => id,
  name: ({ name }: Pipeline) => name,
  display_name: ({ displayName }: Pipeline) => displayName,
  created_at: ({ createdAt }: Pipeline) => seconds(createdAt),
  description: ({ description }: Pipeline) => description,
  namespace: () => '',
};

const listKind: ListKind<Pipeline> = {
  type: 'Pipeline',
  table: 'pipelines',
  idOf: ({ id }) => id,
  filterable: columns,
  sortable: columns,
  tags: ({ tags }) => tags,
  refused: (query) => optionsRefused('pipelines', query),
  failed: 'Failed to list pipelines',
};

export function isTaken(state: State, name: string): boolean {
  return [...state.pipelines.values()].some((other) => other.name.toLowerCase() === name.toLowerCase());
}

export function addPipeline(
  state: State,
  made: {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly tags: Tags;
  },
): Pipeline {
  const pipeline = { id: randomUUID(), createdAt: state.now(), ...made };
  state.pipelines.set(pipeline.id, pipeline);
  return pipeline;
}

export function createPipeline(state: State, body: string): object {
  const decoded = decodeBody(body, messages.pipeline) as { readonly [name: string]: string };
  const before = 'Failed to create a pipeline due to server error: ';
  const displayName = decoded['display_name'] ?? decoded['name'] ?? '';
  const name = decoded['name'] ?? displayName;
  if (name === '') throw invalid(before, 'name is required');
  if (isTaken(state, name)) {
    const inner = `Failed to create a new pipeline. The name ${name} already exist. Please specify a new name`;
    throw new Refusal(
      6,
      `${before}Failed to create a pipeline in PipelineStore: Already exist error: ${inner}`,
      inner,
    );
  }
  const tags = changedTags({}, decoded['tags'], before);
  return showPipeline(
    addPipeline(state, { name, displayName, description: decoded['description'] ?? '', tags }),
  );
}

/** Pipelines from an address: the stand-in, like a server that is shut off, reaches none. */
export function createFromAddress(body: string): object {
  const decoded = decodeBody(body, messages.pipelineAndVersion);
  const { package_url: address } = (decoded['pipeline_version'] ?? {}) as {
    package_url?: { pipeline_url?: string };
  };
  const before = 'Failed to create a pipeline: ';
  if (address?.pipeline_url === undefined) throw invalid(before, 'invalid pipeline spec URL: ');
  throw invalid(before, 'Pipeline URL validation failed');
}

export function listPipelines(state: State, query: URLSearchParams): object {
  const { items, total, next } = listOf([...state.pipelines.values()], listKind, query);
  return filled({
    pipelines: items.map(showPipeline),
    total_size: total || undefined,
    next_page_token: next,
  });
}

export function getPipeline(state: State, id: string): object {
  const before = `Failed to get a pipeline ${id}. Check error stack: Failed to get a pipeline with id ${id}: `;
  return showPipeline(pipelineOf(state, id, before));
}

export function getPipelineByName(state: State, name: string, query: URLSearchParams): object {
  const found = [...state.pipelines.values()].find((pipeline) => pipeline.name === name);
  if (found) return showPipeline(found);
  const namespace = query.get('namespace') ?? '';
  throw missing(
    `Failed to get a pipeline with name ${name} and namespace ${namespace}. Check error stack.: Failed to get a pipeline named ${name} in namespace ${namespace}: `,
    `Namespace/Pipeline ${namespace}/${name}`,
  );
}

function pipelineOf(state: State, id: string, before: string): Pipeline {
  const found = state.pipelines.get(id);
  if (!found) throw missing(before, `Pipeline ${id}`);
  return found;
}

export function patchPipeline(state: State, id: string, body: string): object {
  const { display_name: name, tags } = decodeBody(body, messages.pipeline);
  const before = `Failed to update pipeline ${id}. Check error stack: `;
  const found = pipelineOf(state, id, before);
  found.tags = changedTags(found.tags, tags, before);
  if (typeof name === 'string' && name !== '') found.displayName = name;
  return showPipeline(found);
}

export function deletePipeline(state: State, id: string, query: URLSearchParams): object {
  const before = `Failed to delete pipeline ${id}. Check error stack: `;
  const cascade = query.get('cascade') ?? 'false';
  if (cascade !== 'true' && cascade !== 'false')
    throw new Refusal(
      3,
      `parsing field "cascade": strconv.ParseBool: parsing ${JSON.stringify(cascade)}: invalid syntax`,
    );
  pipelineOf(state, id, `${before}Failed to delete pipeline with id ${id} as it was not found: `);
  const versions = versionsOf(state, id);
  if (cascade === 'false' && versions.length > 0)
    throw invalid(
      before,
      `Failed to delete pipeline with id ${id} as it has existing pipeline versions (e.g. ${versions[0]?.id}). Set cascade=true to delete all versions`,
    );
  for (const version of versions) state.versions.delete(version.id);
  state.pipelines.delete(id);
  return {};
}

export function showPipeline({ id, name, displayName, description, createdAt, tags }: Pipeline): object {
  return filled({
    pipeline_id: id,
    display_name: displayName,
    name,
    description,
    created_at: timeText(createdAt),
    tags,
  });
}
