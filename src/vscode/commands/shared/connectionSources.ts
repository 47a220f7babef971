import * as vscode from 'vscode';
import { isJsonObject, type JsonObject } from '../../../core/domain/json.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { asName } from '../../../core/text/literal.ts';
import type { Inputs } from '../../window/inputs.ts';
import { addressIn, addressProblem } from './addressLine.ts';

/** What a connection is added from. */
export interface ConnectionSource {
  readonly label: string;
  readonly detail: string;
  /** A row for the setting `mlops.connections`, with or without a name; undefined when the person leaves. */
  ask(inputs: Inputs): Promise<DraftRow | undefined>;
}

export interface DraftRow {
  readonly row: JsonObject;
  /** True where somebody else may have written it, so that the person sees where it leads before anything is sent. */
  readonly isForeign: boolean;
}

/** Every source that is offered. */
export const connectionSources: readonly ConnectionSource[] = [
  {
    label: 'From an address',
    detail: 'A port-forward to the Pipelines API, or the address of Kubeflow in your browser',
    ask: fromAddress,
  },
  { label: 'From a file…', detail: 'JSON with a connection, as a colleague may give it', ask: fromFile },
];

async function fromAddress(inputs: Inputs): Promise<DraftRow | undefined> {
  const line = await inputs.line({
    title: 'Add a connection',
    prompt: 'The address of a port-forward, or what your browser shows in Kubeflow',
    placeholder: '127.0.0.1:8888, or https://kubeflow.example.com',
    value: '',
    secret: false,
    check: addressProblem,
  });
  const address = line === undefined ? undefined : addressIn(line);
  return address === undefined ? undefined : { row: { kind: 'kubeflow', ...address }, isForeign: false };
}

const largestFile = 100_000;

async function fromFile(): Promise<DraftRow | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Add the connection of which file?',
      openLabel: 'Add',
      filters: { JSON: ['json'] },
    })) ?? [];
  if (file === undefined) return undefined;
  const { size } = await vscode.workspace.fs.stat(file);
  const text = size > largestFile ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  return { row: rowIn(text, file.path.split('/').at(-1) ?? ''), isForeign: true };
}

/** The row that a file holds. Throws MlopsError invalid. */
export function rowIn(text: string, file: string): JsonObject {
  const value = parsed(text);
  if (!isJsonObject(value))
    throw new MlopsError('invalid', `${asName(file)} holds no connection.`, {
      hint: 'A connection is one JSON object, as in the setting mlops.connections: {"name": "Cluster", "kind": "kubeflow", "endpoint": "https://…"}.',
    });
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
