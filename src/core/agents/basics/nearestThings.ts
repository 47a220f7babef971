import type { Focus } from '../../domain/focus.ts';
import { isActive, type RunSummary } from '../../domain/run.ts';
import { visible } from '../../text/literal.ts';
import { sentenceFor } from '../../sentences/template.ts';
import type { Tool } from '../../tools/tool.ts';
import type { Understood } from './grammar.ts';
import { type Known, runsOf } from './known.ts';
import { verbsIn } from './verbs.ts';
import { callOf, ranked } from './question.ts';
import { namesIn, type Parts, partsOf } from './sentenceParts.ts';
import { understand } from './understand.ts';

const most = 3;

/** Sentences that are understood and near to one that is not, the nearest first: at most three, in the words of the examples. */
export function nearestThings(
  sentence: string,
  focus: Focus,
  known: Known,
  tools: readonly Tool[],
): readonly string[] {
  const parts = partsOf(sentence, known);
  const calls = [...orders(parts, known, focus), ...questions(parts, known, focus), ...always];
  const sentences = calls.flatMap((call) => sentenceOf(call, known, tools) ?? []);
  return [...new Set(sentences)].slice(0, most);
}

const always: readonly Understood[] = [
  { tool: 'mlops_list_pipelines', input: {} },
  { tool: 'mlops_list_runs', input: {} },
];

/** What its words may have ordered, of what exists. */
function orders(parts: Parts, known: Known, focus: Focus): readonly Understood[] {
  const verbs = verbsIn(parts);
  const [pipeline = focus.pipeline] = namesIn(parts, 'pipeline');
  const [named] = namesIn(parts, 'run');
  const runs = runsOf(known, pipeline).filter(({ id }) => named === undefined || id === named);
  const about = (tool: string, run: RunSummary | undefined) =>
    run === undefined ? [] : [{ tool, input: { run: run.id } }];
  return [
    ...(verbs.has('run') && pipeline !== undefined
      ? [{ tool: 'mlops_run_pipeline', input: { pipeline } }]
      : []),
    ...(verbs.has('again') && runs[0] ? [{ tool: 'mlops_run_pipeline', input: { again: runs[0].id } }] : []),
    ...(verbs.has('stop')
      ? about(
          'mlops_stop_run',
          runs.find(({ state }) => isActive(state)),
        )
      : []),
    ...(verbs.has('delete')
      ? about(
          'mlops_delete_run',
          runs.find(({ state }) => !isActive(state)),
        )
      : []),
    ...(verbs.has('install') ? [{ tool: 'mlops_install_compiler', input: {} }] : []),
  ];
}

/** What something in it speaks for. */
function questions(parts: Parts, known: Known, focus: Focus): readonly Understood[] {
  return ranked(parts, focus)
    .filter(({ points }) => points > 0)
    .flatMap(({ tool }) => callOf(tool, parts, known, focus) ?? []);
}

/** The call in the words of its tool's examples; nothing where it would not be understood back. */
function sentenceOf({ tool, input }: Understood, known: Known, tools: readonly Tool[]): string | undefined {
  const names = Object.values(input).map(String);
  if (names.some((name) => name.length > 100 || /[\r\n]/.test(name) || visible(name) !== name))
    return undefined;
  const say = sentenceFor(tools.find(({ name }) => name === tool)?.examples ?? [], input);
  const back = say === undefined ? undefined : understand(say, {}, { known, tools });
  return typeof back === 'object' && back.tool === tool ? say : undefined;
}

/** Why an order was not understood, where it is known: a run that does not exist, or values that the pipeline does not take. */
export function hindrance(sentence: string, known: Known): Hindrance | undefined {
  const parts = partsOf(sentence, known);
  const missing = parts.words.find(({ raw }) => /^[\p{L}][\p{L}\p{N}_]*-\d+$/u.test(raw));
  if (namesIn(parts, 'run').length === 0 && missing !== undefined && known.allRuns)
    return { kind: 'noRun', name: missing.raw };
  const [pipeline] = parts.named.filter(({ kind }) => kind === 'pipeline');
  if (pipeline?.kind !== 'pipeline' || !verbsIn(parts).has('run')) return undefined;
  if (pipeline.how === 'near') return { kind: 'near', name: pipeline.name };
  const takes = known.pipelines
    .find(({ name }) => name === pipeline.name)
    ?.parameters?.map(({ name }) => name);
  return takes === undefined || parts.words.length < 3
    ? undefined
    : { kind: 'values', name: pipeline.name, takes };
}

/** What stands in the way of an order. */
export type Hindrance =
  | { readonly kind: 'noRun' | 'near'; readonly name: string }
  | { readonly kind: 'values'; readonly name: string; readonly takes: readonly string[] };
