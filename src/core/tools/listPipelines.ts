import * as z from 'zod';
import type { Page } from '../domain/page.ts';
import { hiddenPipelines, type PipelineSummary } from '../domain/pipeline.ts';
import { unquote } from '../sentences/words.ts';
import { code, nameText, phrase, prose, shorten } from '../text/markdown.ts';
import { pageField } from './fields.ts';
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
    page: pageField,
  }),
  progress: () => 'Looking for pipelines',
  run: async ({ text, page }, deps, signal) => {
    const backend = await deps.backend();
    const filter = text === undefined ? {} : { text };
    const found = await backend.listPipelines(
      { size: 50, ...filter, ...(page === undefined ? {} : { page }) },
      signal,
    );
    return { found, filter };
  },
  render: ({ found, filter }) => renderPipelines(found, filter.text),
  mentions: ({ found }) =>
    found.items.map(
      (pipeline) =>
        ({ kind: 'pipeline', id: pipeline.id, name: pipeline.name, source: pipeline.source }) as const,
    ),
  more: ({ found, filter }) => inputOfNext(filter, found),
  examples: [
    { say: 'list pipelines', means: {}, does: 'what can be run here' },
    { say: 'list pipelines about churn', means: { text: 'churn' } },
  ],
  sentences: [
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
