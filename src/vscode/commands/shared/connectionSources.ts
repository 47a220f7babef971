import * as vscode from 'vscode';
import { isJsonObject, type JsonObject } from '../../../core/domain/json.ts';
import { MlopsError } from '../../../core/ports/mlopsError.ts';
import { asName } from '../../../core/text/literal.ts';
import type { Inputs } from '../../window/inputs.ts';
import type { ConnectionSource, DraftRow } from './connectionSource.ts';
import { fromContext } from './contextSource.ts';
import { addressIn, addressProblem } from './addressLine.ts';

/** Every source that is offered. */
export const connectionSources: readonly ConnectionSource[] = [
  {
    label: 'From an address',
    detail: 'A port-forward to the Pipelines API, or the address of Kubeflow in your browser',
    ask: fromAddress,
  },
  {
    label: 'From a Kubernetes context',
    detail: 'A cluster of your kubeconfig: Kubeflow Pipelines is found in it, nothing has to be forwarded',
    ask: fromContext,
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
