import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { podEvidence } from '../../../../src/adapters/kubernetes/podEvidence.ts';
import { createKubeflow } from '../../../../src/adapters/kubeflow/kubeflow.ts';
import { diagnoseRun } from '../../../../src/core/diagnosis/diagnoseRun.ts';
import type { Diagnosis } from '../../../../src/core/diagnosis/finding.ts';
import { renderDiagnosis } from '../../../../src/core/diagnosis/renderDiagnosis.ts';
import type { ConnectionId } from '../../../../src/core/domain/connection.ts';
import type { RunId } from '../../../../src/core/domain/run.ts';
import type { PodEvidence } from '../../../../src/core/ports/runEvidence.ts';
import { describeRun } from '../../../../src/core/runs/describeRun.ts';
import { logOf } from '../sceneLog.ts';
import { specOf } from '../specs.ts';
import type { Struct } from '../struct.ts';

/** A life of a run in full: as the API told it, and what its cluster had. */
export interface WholeLife {
  readonly life: string;
  readonly pipeline: string;
  readonly runId: string;
  readonly workflowName: string;
  readonly scene?: Struct;
  readonly workflow?: Struct;
  readonly workflowMid?: Struct;
  readonly pods?: readonly Pod[];
  readonly podHistory?: readonly { readonly pod: string; readonly status: Struct }[];
  readonly events?: readonly Event[];
  readonly moments: readonly Moment[];
  /** What pods printed before their containers were started again. */
  readonly previousLogs?: { readonly [pod: string]: string };
}

interface Pod extends Struct {
  readonly metadata: { readonly name: string; readonly creationTimestamp?: string };
}

interface Event extends Struct {
  readonly metadata?: { readonly creationTimestamp?: string };
  readonly lastTimestamp?: string;
}

interface Moment {
  readonly at: number;
  readonly v2: Struct;
  readonly v1?: { readonly pipeline_runtime?: { readonly workflow_manifest?: string } };
}

/** What is said of a run at one moment of its life. */
export interface MomentDiagnosis {
  readonly at: number;
  readonly state: string;
  readonly described: string;
  readonly text: string;
  readonly diagnosis: Diagnosis;
}

const never = new AbortController().signal;
const pipelines = path.join(import.meta.dirname, '..', '..', '..', 'recordings', 'kfp', 'pipelines');

/** Describes and diagnoses a run at each moment of its life of which the workflow is known, as the real adapter reads it. */
export async function diagnoseLife(
  life: WholeLife,
  { kubernetes = true }: { readonly kubernetes?: boolean } = {},
): Promise<readonly MomentDiagnosis[]> {
  const spec = await pipelineOf(life);
  const results: MomentDiagnosis[] = [];
  for (const moment of momentsOf(life))
    results.push(await diagnoseMoment(life, moment, { spec, kubernetes }));
  return results;
}

interface Known {
  readonly at: number;
  readonly v2: Struct;
  readonly manifest: string;
  readonly last: boolean;
}

/** The moments with their workflows; the workflow that was kept in between stands for the middle where none has one. */
function momentsOf({ moments, workflow, workflowMid }: WholeLife): readonly Known[] {
  const known = moments.flatMap(({ at, v2, v1 }, index): readonly Known[] => {
    const last = index === moments.length - 1;
    const manifest =
      v1?.pipeline_runtime?.workflow_manifest ?? (last && workflow ? JSON.stringify(workflow) : undefined);
    return manifest === undefined ? [] : [{ at, v2, manifest, last }];
  });
  const middle = moments[Math.floor(moments.length / 2)];
  if (known.some(({ last }) => !last) || workflowMid === undefined || middle === undefined) return known;
  return [{ ...middle, manifest: JSON.stringify(workflowMid), last: false }, ...known];
}

async function pipelineOf({ moments, pipeline }: WholeLife): Promise<unknown> {
  const told = moments.map(({ v2 }) => v2['pipeline_spec']).find((spec) => spec !== undefined);
  return told ?? specOf(await readFile(path.join(pipelines, pipeline), 'utf8'));
}

async function diagnoseMoment(
  life: WholeLife,
  moment: Known,
  { spec, kubernetes }: { readonly spec: unknown; readonly kubernetes: boolean },
): Promise<MomentDiagnosis> {
  const time = Date.parse(String(moment.v2['created_at'])) + moment.at * 1000;
  const server = createServer((request, response) => {
    const answer = answerOf(life, moment, request.url ?? '', spec);
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const clock = { now: () => time, delay: async () => undefined };
    const backend = createKubeflow({
      connection: { id: 'life' as ConnectionId, kind: 'kubeflow', name: 'Life', readOnly: false, about: '' },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      clock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      attention: { present: false, onDidChange: () => () => undefined },
      ...(kubernetes
        ? {
            pods: {
              evidence: async () => podsAt(life, moment.last ? undefined : time),
              now: async () => podsAt({ ...life, events: [] }, moment.last ? undefined : time),
              readLog: async (pod, _, which) => (which === 'previous' ? life.previousLogs?.[pod] : undefined),
              watch: () => () => undefined,
            },
          }
        : {}),
    });
    const id = life.runId as RunId;
    const run = await backend.getRun(id, never);
    const diagnosis = await diagnoseRun({ backend, clock }, id, never);
    return {
      at: moment.at,
      state: run.state,
      described: describeRun(run, undefined, { now: time, lastLines: new Map() }),
      text: renderDiagnosis(diagnosis),
      diagnosis,
    };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function answerOf(life: WholeLife, { v2, manifest }: Known, url: string, spec: unknown): unknown {
  if (url.startsWith('/apis/v2beta1/runs/')) return { ...v2, run_id: life.runId, pipeline_spec: spec };
  if (url.startsWith('/apis/v1beta1/runs/')) return { pipeline_runtime: { workflow_manifest: manifest } };
  const node = /\/nodes\/([^/]+)\/log$/.exec(url)?.[1];
  if (node === undefined) return {};
  return logOf(life, manifest, decodeURIComponent(node)) ?? { error_message: 'no log was recorded' };
}

/** The pods and events as they were at a time, each in the last of its states that is not newer; undefined: at the end. */
function podsAt(life: WholeLife, time: number | undefined): readonly PodEvidence[] {
  const { pods = [], podHistory = [], events = [] } = life;
  if (time === undefined) return podEvidence(pods, events);
  const before = (text: string | undefined) => Date.parse(text ?? '') <= time;
  return podEvidence(
    pods
      .filter(({ metadata }) => before(metadata.creationTimestamp))
      .map((pod) => {
        const past = podHistory.filter(
          ({ pod: name, status }) => name === pod.metadata.name && newestIn(status) <= time,
        );
        return { ...pod, status: past.at(-1)?.status ?? { phase: 'Pending' } };
      }),
    events.filter(({ metadata, lastTimestamp }) => before(metadata?.creationTimestamp ?? lastTimestamp)),
  );
}

/** The newest time that a text of JSON names. */
function newestIn(status: Struct): number {
  const times = JSON.stringify(status).match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g) ?? [];
  return Math.max(0, ...times.map((text) => Date.parse(text)));
}
