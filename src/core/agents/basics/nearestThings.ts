import { own } from '../../domain/own.ts';
import type { Focus } from '../../domain/focus.ts';
import { isActive, type RunSummary } from '../../domain/run.ts';
import { visible } from '../../text/literal.ts';
import { sentenceFor } from '../../sentences/template.ts';
import type { Tool } from '../../tools/tool.ts';
import type { Named } from './findNamed.ts';
import type { Understood } from './grammar.ts';
import { type Known, pipelineCalled, runsOf } from './known.ts';
import { type Order, orderIn, type Verb, verbsIn } from './verbs.ts';
import { isNegated } from './isHeldBack.ts';
import { isWord } from './lexicon.ts';
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

/** What its words may have ordered, of what exists; nothing where they say what not to do. */
function orders(parts: Parts, known: Known, focus: Focus): readonly Understood[] {
  const verbs = isNegated(parts) ? new Set<Verb>() : verbsIn(parts);
  const [pipeline = focus.pipeline] = namesIn(parts, 'pipeline');
  const [named] = namesIn(parts, 'run');
  const runs = runsOf(known, pipeline).filter(({ id }) => named === undefined || id === named);
  const isAboutRun = named !== undefined || pipeline !== undefined || parts.concepts.has('run');
  const about = (tool: string, run: RunSummary | undefined) =>
    run === undefined || !isAboutRun ? [] : [{ tool, input: { run: run.id } }];
  const run = pipeline === undefined ? [] : [{ tool: 'mlops_run_pipeline', input: { pipeline } }];
  const again = runs[0] === undefined ? [] : [{ tool: 'mlops_run_pipeline', input: { like: runs[0].id } }];
  const calls: { readonly [verb in Verb]: readonly Understood[] } = {
    run,
    again,
    stop: about(
      'mlops_stop_run',
      runs.find(({ state }) => isActive(state)),
    ),
    delete: about(
      'mlops_delete_runs',
      runs.find(({ state }) => !isActive(state)),
    ),
    install: [{ tool: 'mlops_install_compiler', input: {} }],
  };
  const describe = pipeline === undefined ? [] : [{ tool: 'mlops_describe_pipeline', input: { pipeline } }];
  return [...[...verbs].flatMap((verb) => own(calls, verb) ?? []), ...describe];
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

/** Why an order was not understood, where it is known: what it names does not exist, or its values are none of the pipeline's. */
export function hindrance(sentence: string, known: Known): Hindrance | undefined {
  const parts = partsOf(sentence, known);
  const missing = parts.words.find(({ raw }) => /^\p{L}[\p{L}\p{N}_]*-\d+$/u.test(raw));
  if (namesIn(parts, 'run').length === 0 && missing !== undefined && known.allRuns)
    return { kind: 'noRun', name: missing.raw };
  const order = orderIn(parts);
  return order?.verb === 'run' ? ofRun(order, known) : undefined;
}

function ofRun({ parts, rest }: Order, known: Known): Hindrance | undefined {
  const [pipeline, ...others] = parts.named.filter(isPipeline);
  if (pipeline === undefined) return noPipeline(rest.map(({ raw }) => raw));
  const { name, how } = pipeline;
  if (others.length > 0) return undefined;
  if (how === 'near') return { kind: 'near', name };
  const takes = pipelineCalled(known, name)?.parameters?.map((parameter) => parameter.name);
  return takes === undefined || rest.length < 2 ? undefined : { kind: 'values', name, takes };
}

const isPipeline = (named: Named): named is Named & { readonly kind: 'pipeline' } =>
  named.kind === 'pipeline';

/** One word after "run" was to name a pipeline. */
function noPipeline([name, ...others]: readonly string[]): Hindrance | undefined {
  return name === undefined || others.length > 0 || isWord(name.toLowerCase())
    ? undefined
    : { kind: 'noPipeline', name };
}

/** What stands in the way of an order. */
export type Hindrance =
  | { readonly kind: 'noRun' | 'noPipeline' | 'near'; readonly name: string }
  | { readonly kind: 'values'; readonly name: string; readonly takes: readonly string[] };
