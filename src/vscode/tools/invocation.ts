import * as vscode from 'vscode';
import { type CallOrigin, runTool } from '../../core/agents/turnCalls.ts';
import { afterOthers } from '../../core/pipelines/afterOthers.ts';
import { errorText, skippedText } from '../../core/tools/errorText.ts';
import type { Json } from '../../core/domain/json.ts';
import type { Connection, Connections } from '../../core/ports/connections.ts';
import { isCancelled, MlopsError, toMlopsError } from '../../core/ports/mlopsError.ts';
import { renderQuestionMarkdown } from '../../core/text/renderQuestionMarkdown.ts';
import { approvalName, approvalSetting, editorAlwaysAsks } from '../../core/tools/consent.ts';
import { checkPolicy } from '../../core/tools/policy.ts';
import { findTool } from '../../core/tools/table.ts';
import {
  connectionIn,
  type Confirmation,
  type Outcome,
  storeCall,
  type Tool,
  type ToolDeps,
} from '../../core/tools/tool.ts';
import { openGuides } from '../connections/guides.ts';
import { previewReaders } from '../connections/previewReaders.ts';
import { LineageIndex } from '../../core/lineage/lineageIndex.ts';
import { editorFiles } from '../code/sourceFiles.ts';
import { ask } from '../window/askQuestion.ts';
import { toSignal } from '../cancel.ts';
import { extension } from '../extensionUri.ts';
import { findConnection, objectsOf, runsOf } from '../../core/connections/findConnection.ts';
import { storeConnection } from '../../core/connections/storeConnection.ts';
import { placeName } from '../../core/connections/placeName.ts';
import type { Services } from '../services.ts';
import { localFile } from './localFile.ts';
import { consentFor } from './consentFor.ts';
import type { Expected } from './ledger.ts';

/** What calls need from below. Connections are opened by what a tool asks of them, and by nothing before. */
export interface CallServices extends Pick<Services, 'clock' | 'log' | 'session' | 'waitedFor'> {
  readonly connections: Connections;
}

/**
 * What the editor shows before a call. A call that cannot run asks nothing: it ends here, and the reason is the answer.
 * Without a question of ours the editor would ask one that says nothing. Where the editor may have been told to approve the tool it is given no question, and the call asks by itself.
 */
export async function prepareCall(
  services: CallServices,
  name: string,
  input: Json,
  token: vscode.CancellationToken,
): Promise<vscode.PreparedToolInvocation> {
  const tool = knownTool(name);
  const invocationMessage = tool.progress(input);
  if (tool.effect === 'read') return { invocationMessage };
  // Whatever comes of this, a question that was declined is no consent any more.
  const { consents } = services.session;
  const before = consents.drop(name, input);
  const { confirmation, roundTripMs } = await prepared(services, tool, input, token);
  const shown = alwaysAsks(name);
  consents.note(name, input, { confirmation, shown, roundTripMs }, services.clock.now(), before);
  if (!shown) return { invocationMessage };
  const { title, message } = renderQuestionMarkdown(confirmation.question);
  return {
    invocationMessage,
    confirmationMessages: { title, message: new vscode.MarkdownString(message) },
  };
}

interface Prepared {
  readonly confirmation: Confirmation;
  readonly roundTripMs: number;
}

/** The question of a call, and how far away the window is. Throws the reason, as text, when the call cannot run. */
async function prepared(
  services: CallServices,
  tool: Tool,
  input: Json,
  token: vscode.CancellationToken,
): Promise<Prepared> {
  try {
    const { origin } = services.session.ledger.find(tool.name, input) ?? {};
    const confirmation = await questionOf(services, tool, input, origin, toSignal(token));
    const began = services.clock.now();
    await vscode.commands.executeCommand('setContext', 'mlops.asking', true);
    return { confirmation, roundTripMs: services.clock.now() - began };
  } catch (error) {
    const expected = services.session.ledger.take(tool.name, input);
    if (expected !== undefined) expected.error = error;
    if (isCancelled(error)) throw new vscode.CancellationError();
    services.log.warn(`${tool.name}: ${toMlopsError(error).message}`);
    throw new Error(errorText(toMlopsError(error)), { cause: error });
  }
}

async function questionOf(
  services: CallServices,
  tool: Tool,
  input: Json,
  origin: CallOrigin | undefined,
  signal: AbortSignal,
): Promise<Confirmation> {
  const confirmation = await checkCall(services, tool, input, signal);
  if (confirmation === undefined) throw new MlopsError('internal', `${tool.name} has no question.`);
  const runs = tool.name === runTool ? (origin?.runsBefore ?? 0) : 0;
  return { ...confirmation, question: afterOthers(confirmation.question, runs) };
}

function alwaysAsks(name: string): boolean {
  const [, section = '', key = ''] = /^(.*)\.(.*)$/.exec(approvalSetting) ?? [];
  const setting: unknown = vscode.workspace.getConfiguration(section).get(key);
  return editorAlwaysAsks(setting, approvalName(extension().id, name));
}

/** Throws MlopsError when a call cannot run; else gives what has to be asked, if anything. */
export async function checkCall(
  services: CallServices,
  tool: Tool,
  input: Json,
  signal: AbortSignal,
): Promise<Confirmation | undefined> {
  const connection = await connectionFor(services, tool, input, signal);
  const deps = toolDeps(services, connection, {}, () => undefined);
  checkPolicy(tool.effect, deps);
  return tool.prepare(input, deps, signal);
}

/** A call as the editor makes it. */
export interface IncomingCall {
  readonly name: string;
  readonly input: Json;
  /** False when another extension makes it outside a chat. */
  readonly inChat: boolean;
}

/** Runs a call that came from the editor. The answer is always text; only a cancelled call throws. */
export async function runCall(
  services: CallServices,
  incoming: IncomingCall,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const { name, input } = incoming;
  const expected = services.session.ledger.take(name, input);
  try {
    const outcome = await call(services, knownTool(name), incoming, expected, toSignal(token));
    if (outcome === 'skipped') return textResult(skippedText);
    if (expected !== undefined) expected.outcome = outcome;
    return textResult(outcome.text);
  } catch (error) {
    if (expected !== undefined) expected.error = error;
    if (isCancelled(error)) throw new vscode.CancellationError();
    services.log.warn(`${name}: ${toMlopsError(error).message}`);
    return textResult(errorText(toMlopsError(error)));
  }
}

async function call(
  services: CallServices,
  tool: Tool,
  { name, input, inChat }: IncomingCall,
  expected: Expected | undefined,
  signal: AbortSignal,
): Promise<Outcome | 'skipped'> {
  const report = expected?.report ?? (() => undefined);
  const { effect } = tool;
  const origin = expected?.origin;
  if (effect === 'read') {
    const connection = await connectionFor(services, tool, input, signal);
    return tool.call(input, toolDeps(services, connection, {}, report), signal);
  }
  const consent = await consentFor(
    { name, input, effect, inChat, hasRead: origin?.hasRead === true, named: origin?.named ?? true },
    {
      consents: services.session.consents,
      now: services.clock.now(),
      ask,
      prepare: () => questionOf(services, tool, input, origin, signal),
    },
  );
  if (consent === undefined) return 'skipped';
  const connection = findConnection(services.connections, connectionIn(consent.input));
  const deps = toolDeps(services, connection, consent, report);
  checkPolicy(effect, deps);
  return tool.call(consent.input, deps, signal);
}

/** The connection that a call names, else the one that it means. Throws MlopsError notFound, invalid. */
async function connectionFor(
  { connections }: CallServices,
  tool: Tool,
  input: Json,
  signal: AbortSignal,
): Promise<Connection> {
  const about = storeCall(tool, input);
  return about === undefined || connectionIn(input) !== undefined
    ? findConnection(connections, connectionIn(input))
    : storeConnection(connections, about.bucket, AbortSignal.any([signal, AbortSignal.timeout(longestMs)]));
}

/** Longest that the buckets of connections are waited for, to find the one that a call means. */
const longestMs = 5000;

/** What a call gets that goes to a connection. */
function toolDeps(
  { clock, connections, session, waitedFor }: CallServices,
  connection: Connection,
  { key = '', agreed }: { readonly key?: string; readonly agreed?: string },
  report: (line: string) => void,
): ToolDeps {
  const place = placeName(connections, connection.info);
  return {
    connection,
    ...(place === undefined ? {} : { place }),
    backend: async () => runsOf(connection),
    store: async () => objectsOf(connection),
    previewReaders,
    guides: openGuides,
    clock,
    sourceFiles: editorFiles,
    trusted: vscode.workspace.isTrusted,
    idempotencyKey: key,
    report,
    watching: (id) => {
      const run = { connection: connection.info.id, id };
      waitedFor.set(run);
      const watched = session.watchedRuns.watch(run);
      return (ended) => watched.dispose(ended);
    },
    ask,
    localFile,
    lineage: async () => (session.lineage.index ??= new LineageIndex()),
    writers: writersFor(connections),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    ...(agreed === undefined ? {} : { agreed }),
  };
}

/** Servers of pipelines name the objects of their runs by address, so these may be in any store. */
function writersFor({ all }: Connections): ToolDeps['writers'] & {} {
  return all
    .filter(({ info }) => info.kind === 'kubeflow')
    .map((connection) => ({ connection, open: () => runsOf(connection) }));
}

function knownTool(name: string): Tool {
  const tool = findTool(name);
  if (tool === undefined)
    throw new MlopsError('internal', `The manifest names the tool ${name}, which does not exist.`);
  return tool;
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}
