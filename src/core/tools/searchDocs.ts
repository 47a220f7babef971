import * as z from 'zod';
import type { FoundInGuides, GuidePassage } from '../ports/guides.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import { quoted } from '../text/literal.ts';
import { count } from '../text/markdown.ts';
import { defineTool } from './tool.ts';

const mostPassages = 5;

interface Searched extends FoundInGuides {
  readonly question: string;
}

export const searchDocsTool = defineTool({
  name: 'mlops_search_docs',
  title: 'Search the documentation',
  userDescription: 'Searches the guides for how something works, or what an error means.',
  modelDescription:
    'Searches the guides (Kubeflow Pipelines, KServe, Katib, Trainer, Model Registry, MLflow, S3, drift, this extension) and returns passages with their titles. For how-to questions, concepts and error messages; not for runs or objects of the person. Cite each claim by the title of its passage in brackets; say so where no passage answers.',
  effect: 'read',
  input: z.strictObject({
    queries: z
      .array(z.string().min(1).max(500))
      .min(1)
      .max(4)
      .describe('The question, then two or three rephrasings with other words.'),
  }),
  progress: () => 'Searching the guides',
  run: async ({ queries }, deps, signal): Promise<Searched> => {
    if (deps.guides === undefined) throw new MlopsError('unsupported', 'There are no guides here.');
    const guides = await deps.guides();
    return { question: queries[0] ?? '', ...(await guides.search(queries, mostPassages, signal)) };
  },
  render: renderFound,
  mentions: ({ passages }) => passages.map(mentionOf),
  examples: [
    {
      say: 'how do I turn caching off for one task',
      means: { queries: ['how do I turn caching off for one task'] },
      does: 'what the guides say',
    },
    { say: 'search the docs for importers', means: { queries: ['importers'] } },
  ],
  sentences: [
    {
      pattern:
        /^(?:search|ask|look in|check|read)(?: in)?(?: the)? (?:docs|documentation|guides?)(?: for| about| on|:)? (?<text>.+)$/i,
      means: ({ text }) => asking(text),
    },
    {
      pattern:
        /^what (?:do|does) (?:the )?(?:docs|documentation|guides?) (?:say|tell)(?: me)?(?: about| on)? (?<text>.+)$/i,
      means: ({ text }) => asking(text),
    },
    {
      pattern:
        /^(?:durchsuche|suche in|such in)(?: den| der| die)? (?:doku|dokumentation|anleitungen)(?: nach)? (?<text>.+)$/i,
      means: ({ text }) => asking(text),
    },
    {
      pattern:
        /^(?<text>(?:how (?:do|can|should|would) (?:i|we|you|one)|how to|how does|how is|what(?: is|'s| are) (?:an? |the difference)|what does .+ mean|when should i|why does (?:my|a|the) (?:pod|trial|inferenceservice|component)) .+)$/i,
      means: ({ text }) => asking(text),
      open: true,
    },
    {
      pattern:
        /^(?<text>(?:wie (?:kann|soll|muss) (?:ich|man)|wie funktioniert|was ist ein(?:e|en)?|wozu dient) .+)$/i,
      means: ({ text }) => asking(text),
      open: true,
    },
  ],
  slash: {
    name: 'docs',
    description: 'Answer from the guides: how something works, or what an error means',
    sentence: (rest) => `search the docs for ${rest}`,
  },
});

function asking(text: string | undefined): { readonly queries: string[] } | undefined {
  return text === undefined ? undefined : { queries: [text] };
}

function renderFound({ passages, doubtful, pages, question }: Searched): string {
  const searched = `(${count(pages, 'page')} searched)`;
  if (passages.length === 0) return `The guides say nothing of ${quoted(question)} ${searched}.`;
  const head = doubtful
    ? `The guides do not clearly answer ${quoted(question)} ${searched}. What comes nearest:`
    : 'From the guides:';
  return [head, ...passages.map((passage) => `**[${citation(passage)}]**\n\n${passage.markdown}`)].join(
    '\n\n',
  );
}

/** "Caching › Turn caching off for one task". */
function citation({ title, headings }: GuidePassage): string {
  return [title, ...headings.filter((heading) => heading !== title)].join(' › ');
}

function mentionOf(passage: GuidePassage) {
  return { kind: 'passage', title: citation(passage), file: passage.file, line: passage.line } as const;
}
