import * as z from 'zod';
import type { Page } from '../domain/page.ts';
import { hiddenPipelines, type PipelineSummary } from '../domain/pipeline.ts';
import { pipelineIn, unquote } from '../sentences/words.ts';
import { code, nameText, phrase, prose, shorten } from '../text/markdown.ts';
import { pageField, pipelineField } from './fields.ts';
import { readVersions, renderVersions } from './listedVersions.ts';
import { inputOfNext, moreText } from './pages.ts';
import { defineTool } from './tool.ts';

export const listPipelinesTool = defineTool({
  name: 'mlops_list_pipelines',
  title: 'List pipelines',
  userDescription: 'Lists the ML pipelines of the workspace and the samples.',
  modelDescription:
    'Lists ML pipelines with name, file and description; of broken files the line and the reason. For what can be run, or an unclear name. Parameters: mlops_describe_pipeline.',
  effect: 'read',
  input: z.strictObject({
    text: z.string().optional().describe('Only those with this text in name, description or file.'),
    versions: pipelineField.optional().describe('A pipeline on a server: list its versions instead.'),
    page: pageField,
  }),
  progress: () => 'Looking for pipelines',
  run: async ({ text, versions, page }, deps, signal) => {
    const backend = await deps.backend();
    if (versions !== undefined) return readVersions(backend, versions, page, signal);
    const filter = text === undefined ? {} : { text };
    const found = await backend.listPipelines(
      { size: 50, ...filter, ...(page === undefined ? {} : { page }) },
      signal,
    );
    return { kind: 'pipelines', found, filter } as const;
  },
  render: (data) =>
    data.kind === 'versions' ? renderVersions(data) : renderPipelines(data.found, data.filter.text),
  mentions: (data) =>
    (data.kind === 'versions' ? [data.pipeline] : data.found.items).map(
      ({ id, name, source }) => ({ kind: 'pipeline', id, name, source }) as const,
    ),
  more: (data) => inputOfNext({ ...data.filter }, data.found),
  examples: [
    { say: 'list pipelines', means: {}, does: 'what can be run here' },
    { say: 'list pipelines about churn', means: { text: 'churn' } },
    { say: 'list versions of churn', means: { versions: 'churn' }, does: 'on a Kubeflow server' },
  ],
  sentences: [
    {
      pattern:
        /^(?:how many versions of (?<of>.+?)(?: are there| do (?:i|we) have)?|(?:what|which) is the (?:newest|latest|last) version of (?<one>.+))$/i,
      means: ({ of, one }, focus) => {
        const versions = pipelineIn(of ?? one, focus);
        return versions === undefined ? undefined : { versions };
      },
    },
    {
      pattern:
        /^(?:(?:list|show|find|see|get)(?: me)?(?: all)?(?: of)?(?: the)?|what|which) versions (?:of|are there of|does) (?<of>.+?)(?: have| are there)?$/i,
      means: ({ of }, focus) => {
        const versions = pipelineIn(of, focus);
        return versions === undefined ? undefined : { versions };
      },
    },
    {
      pattern:
        /^(?:(?:list|show|find|see|get)(?: me)?(?: all)?(?: of)?(?: the| my)?|what|which)? ?pipelines?(?: are there| can i run| do i have| are here)?(?: (?:with|about|named|like|matching) (?<text>.+))?$/i,
      means: ({ text }) => ({ text: text === undefined ? undefined : unquote(text) }),
    },
  ],
  slash: {
    name: 'pipelines',
    description: 'List the pipelines, or describe one',
    sentence: (rest) => (rest === '' ? 'list pipelines' : `describe pipeline ${rest}`),
  },
});

function renderPipelines(page: Page<PipelineSummary>, text: string | undefined): string {
  const cut = page.cut === undefined ? '' : prose(page.cut);
  if (page.items.length === 0) return [noneText(text), cut].filter(Boolean).join('\n\n');
  return [page.items.map(pipelineLine).join('\n'), moreText(page), cut].filter(Boolean).join('\n\n');
}

function noneText(text: string | undefined): string {
  return text === undefined
    ? 'There are no pipelines here. A pipeline is a compiled Kubeflow pipeline (YAML) or a Python function with `@dsl.pipeline` in the open folder.'
    : `No pipeline has ${code(text)} in its name, description or file.`;
}

/** A line for each: tables do not fit the narrow chat. */
function pipelineLine({ name, displayName, source, description, problem }: PipelineSummary): string {
  const shown = displayName === undefined || displayName === name ? '' : `${nameText(displayName)}, `;
  const from = shown + code(source.label ?? source.kind);
  if (problem === undefined)
    return `- ${code(name)} (${from})${description ? `: ${prose(shorten(description, 160))}` : ''}`;
  const line = problem.line === undefined ? '' : `line ${problem.line}: `;
  if (problem.what === hiddenPipelines)
    return `- ${code(name)} (${from}) **cannot be run from here:** ${phrase(`${problem.message} ${problem.hint ?? ''}`, 500)}`;
  return `- ${code(name)} (${from}) **cannot be read:** ${line}${phrase(problem.message, 300)}`;
}
