import type { ExportedPart, ExportedTurn } from '../harness/companion.ts';

/** A question that the person was asked before something ran, as it was shown. */
export interface AskedConfirmation {
  readonly kind: 'tool' | 'dialog' | 'typed';
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly string[];
  readonly answer: 'allowed' | 'skipped' | 'none';
}

export interface ToolCallReport {
  readonly tool: string;
  readonly input: unknown;
  readonly result: string;
  readonly state: string;
}

export interface TurnReport {
  readonly said: string;
  readonly text: string;
  readonly error?: string;
  readonly references: readonly { readonly name: string; readonly uri: string; readonly line?: number }[];
  readonly buttons: readonly string[];
  readonly followUps: readonly string[];
  readonly toolCalls: readonly ToolCallReport[];
  readonly confirmations: readonly AskedConfirmation[];
  /** From the sentence to the finished answer. */
  readonly ms: number;
  /** As the model counts them; null where it is not to be asked. */
  readonly tokens: { readonly said: number; readonly answered: number; readonly tools: number } | null;
}

/** What the editor exported of one turn, in the words of the report. */
export function describeTurn(
  turn: ExportedTurn,
): Omit<TurnReport, 'said' | 'confirmations' | 'ms' | 'tokens'> {
  const parts = turn.response ?? [];
  const error = turn.result?.errorDetails?.message;
  return {
    text: parts.map(partText).join('').trim(),
    ...(error ? { error } : {}),
    references: (turn.contentReferences ?? []).flatMap(reference),
    buttons: parts
      .filter((part) => part.kind === 'command')
      .map((part) => text(record(part['command'])['title'])),
    followUps: (turn.followups ?? []).map((offer) => offer.title ?? offer.message ?? ''),
    toolCalls: parts.filter((part) => part.kind === 'toolInvocationSerialized').map(toolCall),
  };
}

function partText(part: ExportedPart): string {
  if (part.kind === undefined && typeof part['value'] === 'string') return part['value'];
  if (part.kind === 'markdownContent') return text(record(part['content'])['value']);
  if (part.kind === 'inlineReference') return `\`${inlineName(part)}\``;
  if (part.kind === 'warning') return `\n${text(record(part['content'])['value'])}\n`;
  return '';
}

function inlineName(part: ExportedPart): string {
  const target = record(part['inlineReference']);
  const uri = record(target['uri'] ?? target);
  return text(part['name']) || text(target['name']) || text(uri['path']).split('/').at(-1) || '';
}

function reference(entry: unknown): TurnReport['references'] {
  const target = record(entry)['reference'];
  if (typeof target === 'string') return [{ name: target, uri: target }];
  const uri = record(record(target)['uri'] ?? target);
  const path = text(uri['path']);
  const line = record(record(target)['range'])['startLineNumber'];
  const name = path.split('/').at(-1) ?? path;
  return [{ name, uri: `${text(uri['scheme'])}:${path}`, ...(typeof line === 'number' ? { line } : {}) }];
}

/** The editor's own numbers for how a call came to run, or not. */
const states = ['refused', 'not asked', 'allowed by a setting', 'allowed before', 'allowed', 'skipped'];

function toolCall(part: ExportedPart): ToolCallReport {
  const details = record(part['resultDetails']);
  const output = Array.isArray(details['output']) ? details['output'] : [];
  const confirmed = part['isConfirmed'];
  const type = typeof confirmed === 'object' ? record(confirmed)['type'] : confirmed === true ? 4 : undefined;
  return {
    tool: text(part['toolId']),
    input: parsed(details['input']) ?? record(part['toolSpecificData'])['rawInput'] ?? null,
    result: output.map((piece) => text(record(piece)['value'])).join('\n'),
    state: type === undefined ? 'waiting' : (states[Number(type)] ?? 'unknown'),
  };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? text(record(value)['value']) : '';
}
