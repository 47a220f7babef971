import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface AskedTool {
  readonly name: string;
  /** An object, or the text itself where the model is to write broken JSON. */
  readonly arguments: unknown;
}

/** One answer of the model. A tool's name and arguments are sent as they are, however wrong. */
export type ModelTurn =
  | { readonly text: string; readonly calls?: readonly AskedTool[]; readonly msPerWord?: number }
  | { readonly calls: readonly AskedTool[] }
  /** The connection breaks after these words. */
  | { readonly cutAfter: string }
  | { readonly status: number; readonly message?: string };

export interface ModelMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ModelMessage[];
  /** The names of the tools that were offered. */
  readonly tools: readonly string[];
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ScriptedEndpoint {
  readonly url: string;
  /** The requests that were answered by turns. */
  readonly requests: ModelRequest[];
  /** The editor's own requests, for titles and the like: those that offer no tools. */
  readonly others: ModelRequest[];
  /** How many turns were not asked for yet. */
  left(): number;
  add(...turns: readonly (ModelTurn | ((request: ModelRequest) => ModelTurn))[]): void;
  /** Forgets the turns that are left and all requests. */
  forget(): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible chat-completions endpoint on the loopback that answers by script, and may misbehave. */
export async function startScriptedEndpoint(
  first: readonly (ModelTurn | ((request: ModelRequest) => ModelTurn))[] = [],
): Promise<ScriptedEndpoint> {
  const turns = [...first];
  const requests: ModelRequest[] = [];
  const others: ModelRequest[] = [];
  const server = http.createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  const answer = async (message: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    if (message.method === 'GET')
      return sendJson(response, 200, { object: 'list', data: [{ id: 'scripted', object: 'model' }] });
    const request = await readRequest(message);
    if (request.tools.length === 0) {
      others.push(request);
      return sendTurn(response, request, { text: 'A conversation' });
    }
    requests.push(request);
    const turn = turns.shift() ?? { text: 'The script has no more turns.' };
    return sendTurn(response, request, typeof turn === 'function' ? turn(request) : turn);
  };
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    others,
    left: () => turns.length,
    add: (...more) => void turns.push(...more),
    forget: () => [turns, requests, others].forEach((list) => list.splice(0)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(message: http.IncomingMessage): Promise<ModelRequest> {
  let body = '';
  for await (const piece of message) body += String(piece);
  const raw = JSON.parse(body || '{}') as Record<string, unknown>;
  const tools = (raw['tools'] ?? []) as { function: { name: string } }[];
  return {
    model: String(raw['model']),
    messages: (raw['messages'] ?? []) as ModelMessage[],
    tools: tools.map((tool) => tool.function.name),
    raw,
  };
}

async function sendTurn(
  response: http.ServerResponse,
  request: ModelRequest,
  turn: ModelTurn,
): Promise<void> {
  if ('status' in turn) {
    sendJson(response, turn.status, { error: { message: turn.message ?? 'The model failed.' } });
    return;
  }
  const words = wordsOf(turn);
  const calls = 'calls' in turn ? (turn.calls ?? []) : [];
  if (request.raw['stream'] !== true) {
    sendJson(response, 200, wholeAnswer(request, words, calls));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  sendChunk(response, request.model, { role: 'assistant', content: '' });
  const msPerWord = 'msPerWord' in turn ? (turn.msPerWord ?? 0) : 0;
  await streamWords(response, request.model, words, msPerWord);
  if ('cutAfter' in turn) response.socket?.destroySoon();
  else endStream(response, request, words, calls);
}

async function streamWords(
  response: http.ServerResponse,
  model: string,
  words: string,
  msPerWord: number,
): Promise<void> {
  for (const word of words.match(/\S+\s*/g) ?? []) {
    sendChunk(response, model, { content: word });
    if (msPerWord > 0) await pause(msPerWord);
  }
}

function wordsOf(turn: ModelTurn): string {
  if ('cutAfter' in turn) return turn.cutAfter;
  return 'text' in turn ? turn.text : '';
}

function endStream(
  response: http.ServerResponse,
  request: ModelRequest,
  words: string,
  calls: readonly AskedTool[],
): void {
  if (calls.length > 0) sendChunk(response, request.model, { tool_calls: calls.map(toolCall) });
  sendChunk(response, request.model, {}, calls.length > 0 ? 'tool_calls' : 'stop');
  const last = { ...chunkHead(request.model), choices: [], usage: usage(request, words) };
  response.write(`data: ${JSON.stringify(last)}\n\n`);
  response.end('data: [DONE]\n\n');
}

function toolCall(call: AskedTool, index: number): object {
  const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
  return {
    index,
    id: `call_${Date.now()}_${index}`,
    type: 'function',
    function: { name: call.name, arguments: text },
  };
}

function wholeAnswer(request: ModelRequest, words: string, calls: readonly AskedTool[]): object {
  const message = {
    role: 'assistant',
    content: words,
    ...(calls.length > 0 ? { tool_calls: calls.map(toolCall) } : {}),
  };
  const finish = calls.length > 0 ? 'tool_calls' : 'stop';
  return {
    ...chunkHead(request.model),
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: finish }],
    usage: usage(request, words),
  };
}

function chunkHead(model: string): object {
  return { id: 'scripted', object: 'chat.completion.chunk', created: 1, model };
}

function sendChunk(
  response: http.ServerResponse,
  model: string,
  delta: object,
  finish: string | null = null,
): boolean {
  const chunk = { ...chunkHead(model), choices: [{ index: 0, delta, finish_reason: finish }] };
  return response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

/** Four characters a token, as rough as it needs to be. */
function usage(request: ModelRequest, words: string): object {
  const prompt = Math.ceil(JSON.stringify(request.messages).length / 4);
  const completion = Math.ceil(words.length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function sendJson(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
