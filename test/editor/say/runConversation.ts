import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../../scripts/node24.mjs';
import { Companion } from '../harness/companion.ts';
import { openEditor } from '../harness/openEditor.ts';
import { ownEndpointEntry } from '../harness/ownEndpoint.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { Consent } from './confirm.ts';
import { sayOne } from './conversation.ts';
import type { TurnReport } from './turnReport.ts';

const basics = 'MLOps Basics';
const endpointName = 'Own endpoint';

export interface ConversationRequest {
  readonly sentences: readonly string[];
  /** Opened as it is; a fresh copy of the samples when not given. */
  readonly workspace?: string | undefined;
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly model?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly consent: Consent;
  readonly shots?: string | undefined;
  readonly timeoutMs: number;
  /** Gets each turn as it ends. */
  readonly onTurn: (turn: TurnReport) => void;
}

/** Has the whole conversation in a fresh editor. Gives true when it stopped at a question. */
export async function runConversation(request: ConversationRequest, signal: AbortSignal): Promise<boolean> {
  const companion = new Companion();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'mlops-say-'));
  try {
    const endpoint = request.endpoint === undefined ? undefined : await describeEndpoint(request.endpoint);
    const editor = await openEditor({
      folder: request.workspace ?? copyOfSamples(scratch),
      ...(request.settings ? { settings: request.settings } : {}),
      ...(endpoint ? { models: [ownEndpointEntry(endpoint)] } : {}),
      extraExtensions: [companion.extension],
      env: companion.env,
      ...(request.shots === undefined ? {} : { shotsDir: path.resolve(request.shots) }),
    });
    const stop = (): void => void editor.close();
    signal.addEventListener('abort', stop);
    try {
      const model = endpoint?.name ?? request.model ?? basics;
      await chooseModel(editor.workbench, model, endpoint !== undefined);
      return await talk(request, editor.workbench, companion, model);
    } catch (error) {
      if (request.shots !== undefined) await editor.workbench.screenshot('failed').catch(() => undefined);
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      await editor.close();
    }
  } finally {
    companion.remove();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function talk(
  request: ConversationRequest,
  workbench: Workbench,
  companion: Companion,
  model: string,
): Promise<boolean> {
  let turn = 0;
  const look = async (what: string): Promise<unknown> =>
    request.shots === undefined
      ? undefined
      : workbench.screenshot(`${String(turn).padStart(2, '0')}-${what}`);
  const { consent, timeoutMs } = request;
  for (const sentence of request.sentences) {
    turn++;
    const { report, stopped } = await sayOne(
      { workbench, companion, model, consent, timeoutMs, look },
      sentence,
    );
    request.onTurn(report);
    if (stopped) return true;
  }
  return false;
}

async function chooseModel(workbench: Workbench, model: string, own: boolean): Promise<void> {
  try {
    await workbench.models.waitForAny();
    if (own) await workbench.models.lookUp(model);
    await workbench.models.pick(model);
  } catch (error) {
    throw new Error(
      `The editor does not offer a model named ${model}. ${(error as Error).message.split('\n')[0]}`,
      { cause: error },
    );
  }
}

/** The server says which model it has; one that does not say gets "default". */
async function describeEndpoint(url: string): Promise<{ url: string; name: string; model: string }> {
  const base = url.replace(/\/chat\/completions\/?$/, '').replace(/\/+$/, '');
  const model = await fetch(`${base}/models`, { signal: AbortSignal.timeout(10_000) })
    .then(async (response) => ((await response.json()) as { data?: { id?: string }[] }).data?.[0]?.id)
    .catch(() => undefined);
  return { url, name: endpointName, model: model ?? 'default' };
}

function copyOfSamples(scratch: string): string {
  const workspace = path.join(scratch, 'workspace');
  fs.cpSync(path.join(root, 'resources', 'samples'), workspace, { recursive: true });
  return workspace;
}
