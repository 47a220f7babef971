import { vi } from 'vitest';
import * as vscode from 'vscode';
import type { Json } from '../../../src/core/domain/json.ts';
import { handle } from '../../../src/vscode/chat/handler.ts';
import { memory, type Memory } from '../../../src/vscode/chat/memory.ts';
import { createServices, type Services } from '../../../src/vscode/services.ts';
import { prepareCall, runCall } from '../../../src/vscode/tools/invocation.ts';
import { ScriptedModel, type ScriptedTurn, type SentRequest } from '../../fakes/scriptedModel.ts';
import { SilentLog } from '../../fakes/silentLog.ts';
import { memento } from '../../vscode/memento.ts';
import { seedHome, type SeededHome } from '../home/seedHome.ts';
import { now } from '../home/seededRuns.ts';
import { chatModel, textIn, tokensIn } from './chatModel.ts';
import { extensionContext, openEditor } from './editorOf.ts';
import { type StartedRun, withPlayedRuns } from './playedRuns.ts';

/** One request of the model: what it says and calls, or how it comes to that from what it was sent. */
export type Turn = ScriptedTurn | ((request: SentRequest) => ScriptedTurn);

/** What came of one sentence. */
export interface Said {
  /** All that stands in the answer, or the error in its place. */
  readonly answer: string;
  /** The calls that reached a tool, in their order. */
  readonly calls: readonly { readonly name: string; readonly input: Json }[];
  /** What the person was asked, in the chat or in a modal. */
  readonly questions: readonly string[];
  /** What the tools answered, in the order in which they did. */
  readonly outcomes: readonly string[];
  /** What the model was given of that in the last request. */
  readonly results: readonly string[];
  /** Tokens in, by request. */
  readonly tokens: readonly number[];
  /** The whole requests. */
  readonly requests: readonly SentRequest[];
  readonly buttons: readonly string[];
  /** What the answer leaves for the next one. */
  readonly left: Memory | undefined;
}

/** A conversation with `@mlops` about the seeded home. */
export interface Conversation {
  readonly home: SeededHome;
  /** Runs that the conversation started. */
  readonly started: readonly StartedRun[];
  /** Says a sentence; the model answers with these turns, one for each request. Throws where one is missing. */
  say(sentence: string, ...turns: readonly Turn[]): Promise<Said>;
  end(): Promise<void>;
}

interface Options {
  /** The model's window in tokens; 32 000 when left out. */
  readonly window?: number;
  /** Whether the person agrees to a question; they agree to all when left out. */
  readonly agrees?: (question: string) => boolean;
  /** True where the person told the editor not to ask before our tools; false when left out. */
  readonly approved?: boolean;
}

type Noted = Pick<Said, 'calls' | 'questions' | 'outcomes'>;
/** What happens while one sentence is answered. */
type Notes = { readonly [K in keyof Noted]: Noted[K][number][] };

/** As long as a person takes to answer a question. */
const answerMs = 5000;

/** Begins a conversation with a home of its own. Time stands still, except while the person answers a question. */
export async function conversation({
  window = 32_000,
  agrees = () => true,
  approved = false,
}: Options = {}): Promise<Conversation> {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  const home = await seedHome();
  const context = extensionContext(home, memento());
  const started: StartedRun[] = [];
  let notes: Notes = { calls: [], questions: [], outcomes: [] };
  const answers = (question: string) => {
    notes.questions.push(question);
    vi.setSystemTime(Date.now() + answerMs);
    return agrees(question);
  };
  openEditor(home, {
    approved,
    press: (title, detail, [verb]) => (answers(`${title}\n${detail}`) ? verb : undefined),
  });
  const opened = createServices(context, new SilentLog());
  const connections = withPlayedRuns(opened.connections, home, started);
  const services: Services = { ...opened, connections };
  Object.assign(vscode.lm, { invokeTool: invoker(services, answers, () => notes) });
  const history: History = [];
  return {
    home,
    started,
    async say(sentence, ...turns) {
      notes = { calls: [], questions: [], outcomes: [] };
      const model = new ScriptedModel(...turns);
      const shown = await answer(services, sentence, history, chatModel(model, window));
      const { requests } = model;
      if (requests.length > turns.length) throw new Error('The model was asked more often than scripted.');
      return { ...shown, ...notes, results: resultsIn(requests), tokens: requests.map(tokensIn), requests };
    },
    async end() {
      for (const one of context.subscriptions) one.dispose();
      vi.useRealTimers();
      await home.remove();
    },
  };
}

type InvokeTool = (
  name: string,
  options: { readonly input: object },
  token: vscode.CancellationToken,
) => Promise<unknown>;

/** Runs tools as the editor does: it shows the question that a tool prepared, and calls the tool after a yes; what is skipped is answered without it. */
function invoker(services: Services, answers: (question: string) => boolean, notes: () => Notes): InvokeTool {
  return async (name, options, token) => {
    const input = options.input as Json;
    const { confirmationMessages: asked } = await prepareCall(services, name, input, token);
    notes().calls.push({ name, input });
    if (asked !== undefined && !answers(`${textOf(asked.title)}\n${textOf(asked.message)}`))
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart('Skipped.')]);
    const result = await runCall(services, { name, input, inChat: true }, token);
    notes().outcomes.push(textIn(result));
    return result;
  };
}

const textOf = (text: string | vscode.MarkdownString) => (typeof text === 'string' ? text : text.value);

type History = (vscode.ChatRequestTurn | vscode.ChatResponseTurn)[];

/** Lets `@mlops` answer, and adds both turns to the history. */
async function answer(
  services: Services,
  prompt: string,
  history: History,
  model: vscode.LanguageModelChat,
): Promise<Pick<Said, 'answer' | 'buttons' | 'left'>> {
  const said: string[] = [];
  const buttons: string[] = [];
  const stream = {
    markdown: (text: string | vscode.MarkdownString) => void said.push(textOf(text)),
    progress: () => undefined,
    reference: () => undefined,
    button: ({ title }: vscode.Command) => void buttons.push(title),
  } as unknown as vscode.ChatResponseStream;
  const request = { prompt, model, references: [], command: undefined, toolInvocationToken: undefined };
  const { token } = new vscode.CancellationTokenSource();
  const result = await handle(
    services,
    request as unknown as vscode.ChatRequest,
    { history: [...history] } as unknown as vscode.ChatContext,
    stream,
    token,
  );
  const text = said.join('') + (result.errorDetails?.message ?? '');
  const participant = 'mlops-chat.mlops';
  history.push(
    made(vscode.ChatRequestTurn, prompt, undefined, [], participant),
    made(vscode.ChatResponseTurn, [new vscode.ChatResponseMarkdownPart(text)], result, participant),
  );
  return { answer: text, buttons, left: memory.safeParse(result.metadata).data };
}

/** Makes a turn of the history, whose constructors the editor keeps to itself. */
function made<T>(type: { readonly prototype: T }, ...values: readonly unknown[]): T {
  return Reflect.construct(type as new (...all: readonly unknown[]) => object, values) as T;
}

/** What the tools answered, as the last request has it. */
function resultsIn(requests: readonly SentRequest[]): readonly string[] {
  const last = requests.at(-1)?.messages ?? [];
  return last.flatMap((message) =>
    message.role === 'results' ? message.results.map(({ text }) => text) : [],
  );
}
