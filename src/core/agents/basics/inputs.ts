import type { Focus } from '../../domain/focus.ts';
import type { JsonObject } from '../../domain/json.ts';
import { findTool, type ToolName } from '../../tools/table.ts';
import { isFiller } from './lexicon.ts';
import { type Known, folded, namesOf } from './known.ts';
import { comparedRuns } from './comparedRuns.ts';
import { runMeant } from './runMeant.ts';
import { namesIn, type Parts } from './sentenceParts.ts';

/** What an input is made from. */
export interface Asked {
  readonly parts: Parts;
  readonly known: Known;
  readonly focus: Focus;
}

/** The input of each tool that looks at something; undefined where the sentence lacks what it needs. */
export const inputs: { readonly [tool in ToolName]?: (asked: Asked) => JsonObject | undefined } = {
  mlops_check_connection: () => ({}),
  mlops_list_pipelines: ({ parts, known }) => given({ text: textAbout(parts, known) }),
  mlops_describe_pipeline: ({ parts, focus }) => {
    const pipeline = namesIn(parts, 'pipeline')[0] ?? focus.pipeline;
    return pipeline === undefined ? undefined : { pipeline };
  },
  mlops_list_runs: ({ parts, focus }) =>
    given({
      pipeline: namesIn(parts, 'pipeline')[0] ?? pipelineSpokenOf(parts, focus),
      state: stateIn(parts),
      ...best(parts),
    }),
  mlops_describe_run: ({ parts, known, focus }) => ({ run: runMeant(parts, known, focus) }),
  mlops_diagnose_run: ({ parts, known, focus }) => ({
    run: runMeant(parts, known, focus, !parts.concepts.has('stuck')),
  }),
  mlops_read_task_log: ({ parts, known, focus }) =>
    given({
      run: runMeant(parts, known, focus),
      task: namesIn(parts, 'task')[0],
      tail: linesIn(parts.text),
      search: searchIn(parts),
    }),
  mlops_compare_runs: ({ parts, known, focus }) => comparedRuns(parts, known, focus),
  mlops_wait_for_run: ({ parts, known, focus }) => ({ run: runMeant(parts, known, focus) }),
  mlops_list_objects: ({ parts }) => {
    const folder = parts.named.find((one) => one.kind === 'path');
    if (folder?.kind === 'path') return given({ bucket: folder.bucket, prefix: folder.key || undefined });
    return given({ bucket: namesIn(parts, 'bucket')[0] });
  },
  mlops_read_object: ({ parts }) => {
    const path = parts.named.find((one) => one.kind === 'path');
    return path?.kind === 'path' ? { bucket: path.bucket, key: path.key } : undefined;
  },
};

/** An input without what is not said. */
function given(input: { readonly [name: string]: JsonObject[string] | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(input).filter((entry): entry is [string, JsonObject[string]] => entry[1] !== undefined),
  );
}

/** "Its runs", "runs of this pipeline". */
function pipelineSpokenOf({ text }: Parts, { pipeline }: Focus): string | undefined {
  return /\bits\b|\b(?:this|that|the same|diese[rs]?|der) pipeline\b/i.test(text) ? pipeline : undefined;
}

function stateIn({ concepts }: Parts): string | undefined {
  if (concepts.has('stopped')) return 'stopped';
  if (concepts.has('failed')) return 'failed';
  if (concepts.has('active')) return 'active';
  return concepts.has('succeeded') ? 'succeeded' : undefined;
}

/** The best of the runs is asked for in the way that the list takes it, if it does. */
function best({ concepts, words }: Parts): JsonObject {
  if (!concepts.has('best')) return {};
  const metric = words.find(({ text }) => metrics.test(text))?.text;
  const ways: readonly JsonObject[] = [given({ best: true, metric }), { best: true }, given({ metric })];
  return ways.find((way) => findTool('mlops_list_runs')?.input.safeParse(way).success) ?? {};
}

const metrics = /^(?:accuracy|f1|auc|precision|recall|loss|rmse|mae|mse|r2)$/;

/**
 * What pipelines are looked for by: a word of the sentence that one of them has; or, where it says what they are about, all words
 * that we do not know.
 */
function textAbout({ others, text }: Parts, { pipelines }: Known): string | undefined {
  const said = pipelines
    .flatMap((one) => [...namesOf(one), one.description ?? ''])
    .map(folded)
    .join('\n');
  const found = others.find((word) => word.text.length > 2 && said.includes(word.text));
  if (found !== undefined || !about.test(text)) return found?.raw;
  return others.length > 0 ? others.map(({ raw }) => raw).join(' ') : undefined;
}

const about = /\b(?:about|with|named|called|like|matching|regarding|ueber|über|mit|namens)\b/i;

/** How many lines a sentence speaks of, where it is not the first ones. */
export function linesIn(text: string): number | undefined {
  if (/\b(?:first|ersten)\b/i.test(text)) return undefined;
  const count = /\b(\d{1,4}) (?:\p{L}+ )?(?:lines|zeilen)\b|\btail -?(\d{1,4})\b/iu.exec(text);
  const lines = Number(count?.[1] ?? count?.[2]);
  return lines >= 1 && lines <= 1000 ? lines : undefined;
}

/** "Is there a warning in the log". */
export const looksFor =
  /\b(?:is there|are there|any|gibt es)\b|^is \S+ in\b|\b(?:errors?|warnings?|exceptions?|fehler|warnungen) (?:in|im)\b/i;

/** What a log is searched for: the quoted text, or the word that we do not know. */
function searchIn({ words, concepts, others, text }: Parts): string | undefined {
  const quoted = words.find((word) => word.quoted);
  if (quoted !== undefined) return quoted.raw;
  if (!concepts.has('search') && !looksFor.test(text)) return undefined;
  const said = others.filter((word) => !isFiller(word.text)).map(({ raw }) => raw);
  if (said.length > 0) return said.join(' ');
  return words.find((word) => /^(?:error|exception|traceback|problem|fehler)s?$/.test(word.text))?.raw;
}
