import * as z from 'zod';
import type { ConnectionId } from '../domain/connection.ts';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';
import { type Mention, mentioned, type Named } from '../domain/mention.ts';
import type { Question } from '../domain/question.ts';
import type { RunId } from '../domain/run.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connection } from '../ports/connections.ts';
import type { Guides } from '../ports/guides.ts';
import { MlopsError } from '../ports/mlopsError.ts';
import type { ObjectStore } from '../ports/objectStore.ts';
import type { NamedSourceFiles } from '../ports/sourceFiles.ts';
import type { PipelineBackend } from '../ports/pipelineBackend.ts';
import type { PreviewReaders } from '../ports/previewReaders.ts';
import type { Example, Sentence, SlashCommand } from '../sentences/sentence.ts';
import { objectPath } from '../sentences/words.ts';
import type { LocalFile } from '../storage/uploadObject.ts';
import type { LineageIndex } from '../lineage/lineageIndex.ts';
import { asName } from '../text/literal.ts';
import { type Cut, cutText } from '../text/cutText.ts';
import { code, nameText } from '../text/markdown.ts';
import { redactedQuestion } from '../text/redactedQuestion.ts';
import { type Bounded, forgivingInput, type ReadInput } from './forgivingInput.ts';
import { inputProblems } from './inputProblems.ts';
import { inputSchema, readSchema } from './inputSchema.ts';
import { withoutSecrets } from './withoutSecrets.ts';

/** What a tool does to the world: reads never ask, writes and destroys always do. */
export type Effect = 'read' | 'write' | 'destroy';

/** What a tool's functions get. */
export interface ToolDeps {
  /** Where the call is made to. */
  readonly connection: Connection;
  /** How results and questions name the connection: only where there is more than one. */
  readonly place?: string;
  /** Pipelines and runs of the connection, opened when they are needed. Throws MlopsError unsupported where it has none. */
  readonly backend: () => Promise<PipelineBackend>;
  /** Objects of the connection. Throws MlopsError unsupported where it has none. */
  readonly store: () => Promise<ObjectStore>;
  /** Readers of formats for previews of objects; left out: such objects are described by their first bytes. */
  readonly previewReaders?: PreviewReaders;
  readonly clock: Clock;
  /** The guides that ship with the extension. */
  readonly guides?: () => Promise<Guides>;
  /** The person's own Python files; left out where there are none. */
  readonly sourceFiles?: NamedSourceFiles;
  /** False in Restricted Mode, where only reading is allowed. */
  readonly trusted: boolean;
  /** Unique to what was confirmed: the same key never starts a second run. */
  readonly idempotencyKey: string;
  /** Reports progress in one line, for the person who waits. */
  readonly report: (line: string) => void;
  /** Called with the run that is waited for, so that its end is not announced as well; call the returned function after the wait, with whether the end was seen. */
  readonly watching?: (run: RunId) => (ended: boolean) => void;
  /** Asks in a modal of our own, whatever the editor was told to approve. */
  readonly ask: (question: Question) => Promise<boolean>;
  /** The fingerprint of what the person saw, where the question had one. */
  readonly agreed?: string;
  /** Puts a text on the person's clipboard, and nowhere else: it may let whoever has it in. */
  readonly copy: (text: string) => Promise<void>;
  /** What the records of runs say of objects. */
  readonly lineage: () => Promise<LineageIndex>;
  /** Connections whose runs may have written to a store that has no runs of its own. */
  readonly writers?: readonly Writer[];
  /** A file of the open folders, and of nothing else; left out where none is open. Throws MlopsError notFound, forbidden. */
  readonly localFile?: (path: string, signal: AbortSignal) => Promise<LocalFile>;
}

/** Another connection, and its runs, opened when they are needed. */
export interface Writer {
  readonly connection: Connection;
  readonly open: () => Promise<PipelineBackend>;
}

/** What a person is asked, and what their yes is for. */
export interface Confirmation {
  readonly question: Question;
  /** The input with the run and the values that were shown: "last" may mean another run, and a default may change, before the yes. */
  readonly input?: JsonObject;
  /** The fingerprint of what was shown: what runs has to be the same. */
  readonly agreed?: string;
  /** What may run again without a question where the person told the editor not to ask; left out: nothing may. */
  readonly standing?: Json;
}

/** The outcome of a call: one text for people and models, and the things that it names. */
export interface Outcome {
  readonly text: string;
  readonly mentions: readonly Mention[];
  /** What was changed, as the line under an answer says it; empty for nothing. Only where the tool's row says it. */
  readonly did?: string;
}

/** One row of the table of tools, as it is written. */
export interface ToolRow<Name, Input, Data> {
  readonly name: Name;
  readonly title: string;
  /** For models: what it does, what it returns, when to use it and when not. */
  readonly modelDescription: string;
  /** For people, in the tool picker. */
  readonly userDescription: string;
  readonly effect: Effect;
  readonly input: z.ZodObject & z.ZodType<Input>;
  readonly progress: (input: Input) => string;
  /** What to ask before a write or a destroy. Throws MlopsError when the call cannot run, so that nobody is asked. */
  readonly confirm?: (input: Input, deps: ToolDeps, signal: AbortSignal) => Promise<Confirmation>;
  readonly run: (input: Input, deps: ToolDeps, signal: AbortSignal) => Promise<Data>;
  readonly render: (data: Data) => string;
  /** What the result names; a thing of another connection says so. */
  readonly mentions: (data: Data) => readonly (Named & { readonly connection?: ConnectionId })[];
  /** The input of the call that shows what comes after this page of a list. */
  readonly more?: (data: Data) => JsonObject | undefined;
  /** What was changed, in Markdown and as the beginning of a sentence ("Ran `iris-17`"); undefined for nothing. */
  readonly did?: (data: Data) => string | undefined;
  /** How a result is cut that a model has no room for; left out: its beginning is kept. */
  readonly cut?: Cut;
  /** Sentences that people say for it. The help shows them, and follow-ups are worded like them. */
  readonly examples: readonly [Example<NoInfer<Input>>, ...(readonly Example<NoInfer<Input>>[])];
  /** What MLOps Basics reads as a call of it; left out: sentences like the examples. */
  readonly sentences?: readonly Sentence<NoInfer<Input>>[];
  readonly slash?: SlashCommand;
  /** Set where it is about what servers keep: pipelines with versions, experiments, runs that go on. */
  readonly kept?: true;
}

/** A tool made of a row, without the types of the row: what the editor, the agents and the manifest use. */
export interface Tool<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  readonly modelDescription: string;
  readonly userDescription: string;
  readonly effect: Effect;
  readonly input: z.ZodType;
  readonly confirms: boolean;
  readonly examples: readonly Example[];
  /** None: MLOps Basics goes by the examples. */
  readonly sentences: readonly Sentence[];
  readonly slash?: SlashCommand;
  /** Set where it is of no use without a connection that keeps pipelines. */
  readonly kept?: true;
  /** How a result is cut that there is no room for. */
  readonly cut?: Cut;
  /** The line shown while it runs; a plain one when the input does not fit. */
  progress(raw: unknown): string;
  /** Decodes the input and says what to ask (undefined: nothing). Throws MlopsError `invalid` when it does not fit. */
  prepare(raw: unknown, deps: ToolDeps, signal: AbortSignal): Promise<Confirmation | undefined>;
  /** Runs the call. Throws MlopsError. */
  call(raw: unknown, deps: ToolDeps, signal: AbortSignal): Promise<Outcome>;
}

/** Makes a row into a tool. */
export function defineTool<const Name extends `mlops_${string}`, Input, Data>(
  row: ToolRow<Name, Input, Data>,
): Tool<Name> {
  const { name, title, modelDescription, userDescription, effect, cut } = row;
  const input = row.input.extend({ connection: connectionField });
  return {
    name,
    title,
    modelDescription,
    userDescription,
    effect,
    input,
    confirms: row.confirm !== undefined,
    ...sentencesOf(row),
    ...(cut === undefined ? {} : { cut }),
    ...(row.kept === undefined ? {} : { kept: row.kept }),
    progress(raw) {
      const decoded = row.input.safeParse(readInput(row, raw).input);
      return decoded.success ? row.progress(decoded.data) : title;
    },
    async prepare(raw, deps, signal) {
      const { decoded, bounded: outside } = decode(row, raw);
      const { confirm } = row;
      if (confirm === undefined) return undefined;
      return withoutSecrets(deps, async (careful, hide) => {
        const asked = await confirm(decoded, careful, signal);
        return {
          ...boundTo(deps.connection.info.id, { ...asked, input: asGiven(asked.input ?? decoded, outside) }),
          question: redactedQuestion(asked.question, hide),
        };
      });
    },
    async call(raw, deps, signal) {
      const { decoded, bounded: outside } = decode(row, raw);
      return withoutSecrets(deps, async (careful, _hide, hideInMarkdown) => {
        const data = await row.run(decoded, careful, signal);
        const text = bounded(hideInMarkdown(row.render(data)), cut) + boundsNote(outside);
        return {
          text: deps.place === undefined ? text : `On ${nameText(deps.place)}:\n\n${text}`,
          mentions: mentioned(deps.connection.info.id, [...row.mentions(data), ...moreOf(row, data)]),
          ...(row.did === undefined ? {} : { did: hideInMarkdown(row.did(data) ?? '') }),
        };
      });
    },
  };
}

/** The sentences of a row, with their inputs as JSON. */
function sentencesOf<Input>({
  examples,
  sentences = [],
  slash,
}: Pick<ToolRow<string, Input, unknown>, 'examples' | 'sentences' | 'slash'>): Pick<
  Tool,
  'examples' | 'sentences' | 'slash'
> {
  return {
    examples: examples.map((example) => ({ ...example, means: withoutUndefined(example.means) })),
    sentences: sentences.map((sentence) => ({
      ...sentence,
      means: (groups, focus) => {
        const input = sentence.means(groups, focus);
        return input === undefined ? undefined : withoutUndefined(input);
      },
    })),
    ...(slash === undefined ? {} : { slash }),
  };
}

/** An input without the fields that are undefined. */
function withoutUndefined(input: unknown): JsonObject {
  const entries = Object.entries(input as JsonObject);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function moreOf<Data>(
  { name, more }: Pick<ToolRow<string, unknown, Data>, 'name' | 'more'>,
  data: Data,
): readonly Named[] {
  const input = more?.(data);
  return input === undefined ? [] : [{ kind: 'more', tool: name, input }];
}

const connectionField = z
  .string()
  .max(200)
  .optional()
  .describe('The connection, by its name; left out: the active one. Only needed where there are several.');

/** The connection that a call names, if it names one. */
export function connectionIn(raw: unknown): string | undefined {
  const named = isJsonObject(raw) ? own(raw, 'connection') : undefined;
  return typeof named === 'string' && named.trim() !== '' ? named : undefined;
}

/** What a call of a tool about objects names as the bucket; undefined for a tool that is about other things. */
export function storeCall(
  { name }: Pick<Tool, 'name'>,
  raw: unknown,
): { readonly bucket: string | undefined } | undefined {
  if (!/_objects?$/.test(name)) return undefined;
  const named = isJsonObject(raw) ? (own(raw, 'bucket') ?? own(raw, 'object')) : undefined;
  const { bucket } = objectPath(typeof named === 'string' ? named : '');
  return { bucket: bucket === '' ? undefined : bucket };
}

function withoutConnection(raw: unknown): unknown {
  if (!isJsonObject(raw)) return raw ?? {};
  const { connection: _, ...rest } = raw;
  return rest;
}

/** What was asked, bound to this connection: a yes for one connection does not hold for another. */
function boundTo(connection: ConnectionId, asked: Confirmation): Confirmation {
  const { standing, input } = asked;
  return {
    ...asked,
    input: { ...input, connection },
    ...(standing === undefined ? {} : { standing: { connection, standing } }),
  };
}

const longestText = 60_000;

/** A result that would fill a model's window is cut, and says so. */
const bounded = (text: string, cut?: Cut) =>
  cutText(text, { most: longestText, sizeOf: ({ length }) => length }, cut);

interface Decoded<Input> {
  readonly decoded: Input;
  readonly bounded: readonly Bounded[];
}

function decode<Input>(
  row: Pick<ToolRow<string, Input, never>, 'name' | 'input'>,
  raw: unknown,
): Decoded<Input> {
  const { input, bounded } = readInput(row, raw);
  const decoded = row.input.safeParse(input);
  if (decoded.success) return { decoded: decoded.data, bounded };
  const problems = inputProblems(readSchema(row.input), input, decoded.error.issues);
  throw new MlopsError('invalid', `The input of ${asName(row.name)} does not fit: ${problems.join('; ')}.`, {
    hint: `It takes ${inputNames(row.input)}.`,
  });
}

function readInput(row: Pick<ToolRow<string, unknown, never>, 'input'>, raw: unknown): ReadInput {
  return forgivingInput(readSchema(row.input), withoutConnection(raw));
}

/** An input with the numbers that were given, so that the answer after the question tells of their bounds as well. */
function asGiven(input: unknown, outside: readonly Bounded[]): JsonObject {
  const shown = input as JsonObject;
  const given = outside.filter(({ field, taken }) => own(shown, field) === taken);
  return { ...shown, ...Object.fromEntries(given.map(({ field, given: number }) => [field, number])) };
}

function boundsNote(outside: readonly Bounded[]): string {
  const notes = outside.map(
    ({ field, given, taken }) =>
      `${code(field)} was ${given}, and ${given > taken ? 'at most' : 'at least'} ${taken} is possible, so it was taken as ${taken}.`,
  );
  return notes.length === 0 ? '' : `\n\n${notes.join(' ')}`;
}

function inputNames(input: z.ZodType): string {
  const { properties } = inputSchema(input);
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return names.length === 0 ? 'no input' : names.join(', ');
}
