import { createRun } from './createRun.ts';
import * as experiments from './experiments.ts';
import { invalid, Refusal } from './failure.ts';
import * as pipelines from './pipelines.ts';
import * as recurring from './recurringRuns.ts';
import * as runs from './runs.ts';
import type { State } from './state.ts';
import { type Form, uploadPipeline, uploadVersion } from './uploads.ts';
import * as v1 from './v1.ts';
import * as versions from './versions.ts';

export interface Call {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly form: Form;
  readonly body: string;
  /** What the pattern of the path left open. */
  readonly open: readonly string[];
}

type Answer = object | string | Promise<object>;
type Handler = (state: State, call: Call) => Answer;

interface Route {
  readonly path: RegExp;
  readonly methods: { readonly [method: string]: Handler };
}

/** The first open part of a path, such as an id. */
const first = ({ open: [id = ''] }: Call): string => id;
const second = ({ open: [, id = ''] }: Call): string => id;
const health = { commit_sha: 'unknown', tag_name: 'unknown', multi_user: false };
const v2 = String.raw`^/apis/v2beta1`;

const route = (path: string, methods: Route['methods']): Route => ({ path: new RegExp(`${path}$`), methods });

export const routes: readonly Route[] = [
  route(`${v2}/healthz`, {
    GET: () => ({ ...health, pipeline_store: 'database' }),
    POST: () => ({ ...health, pipeline_store: 'database' }),
  }),
  route('^/apis/v1beta1/healthz', { GET: () => health }),
  route('^/apis/v1beta1/auth', { GET: () => ({}) }),
  route(`${v2}/experiments`, {
    GET: (state, { query }) => experiments.listExperiments(state, query),
    POST: (state, { body }) => experiments.createExperiment(state, body),
  }),
  route(`${v2}/experiments/([^/]*):(archive|unarchive)`, {
    POST: (state, call) => experiments.archiveExperiment(state, first(call), second(call) === 'archive'),
  }),
  route(`${v2}/experiments/([^/]*)`, {
    GET: (state, call) => experiments.getExperiment(state, first(call)),
    DELETE: (state, call) => experiments.deleteExperiment(state, first(call)),
  }),
  route(`${v2}/pipelines`, {
    GET: (state, { query }) => pipelines.listPipelines(state, query),
    POST: (state, { body }) => pipelines.createPipeline(state, body),
  }),
  route(`${v2}/pipelines/upload`, {
    GET: (state, { query, form }) => uploadPipeline(state, query, form),
    POST: (state, { query, form }) => uploadPipeline(state, query, form),
  }),
  route(`${v2}/pipelines/upload_version`, {
    POST: (state, { query, form }) => uploadVersion(state, query, form),
  }),
  route(`${v2}/pipelines/create`, { POST: (_state, { body }) => pipelines.createFromAddress(body) }),
  route(`${v2}/pipelines/names/([^/]*)`, {
    GET: (state, call) => pipelines.getPipelineByName(state, first(call), call.query),
  }),
  route(`${v2}/pipelines/([^/]*)`, {
    GET: (state, call) => pipelines.getPipeline(state, first(call)),
    PATCH: (state, call) => pipelines.patchPipeline(state, first(call), call.body),
    DELETE: (state, call) => pipelines.deletePipeline(state, first(call), call.query),
  }),
  route(`${v2}/pipelines/([^/]*)/versions`, {
    GET: (state, call) => versions.listVersions(state, first(call), call.query),
    POST: (_state, { body }) => versions.createVersion(body),
  }),
  route(`${v2}/pipelines/([^/]*)/versions/([^/]*)`, {
    GET: (state, call) => versions.getVersion(state, second(call)),
    PATCH: (state, call) => versions.patchVersion(state, second(call), call.body),
    DELETE: (state, call) => versions.deleteVersion(state, first(call), second(call)),
  }),
  route(`${v2}/runs`, {
    GET: (state, { query }) => runs.listRuns(state, query),
    POST: (state, { body }) => createRun(state, body),
  }),
  route(`${v2}/runs/([^/]*):(\\w+)`, {
    POST: (state, call) => {
      const changed = runs.changeRun(state, first(call), second(call));
      if (changed === undefined) throw notAllowed();
      return changed;
    },
  }),
  route(`${v2}/runs/([^/]*)`, {
    GET: (state, call) => runs.getRun(state, first(call)),
    DELETE: (state, call) => runs.deleteRun(state, first(call)),
  }),
  route(`${v2}/recurringruns`, {
    GET: (state, { query }) => recurring.listRecurringRuns(state, query),
    POST: (state, { body }) => recurring.createRecurringRun(state, body),
  }),
  route(`${v2}/recurringruns/([^/]*):(enable|disable)`, {
    POST: (state, call) => recurring.enableRecurringRun(state, first(call), second(call) === 'enable'),
  }),
  route(`${v2}/recurringruns/([^/]*)`, {
    GET: (state, call) => recurring.getRecurringRun(state, first(call)),
    DELETE: (state, call) => recurring.deleteRecurringRun(state, first(call), call.query),
  }),
  route('^/apis/v(?:2beta1|1beta1)/runs/([^/]*)/nodes/([^/]*)/artifacts/([^/]*?)(?::read)?', {
    GET: (state, call) => v1.readArtifact(state, first(call), second(call), call.open[2] ?? ''),
    POST: () => {
      throw new Refusal(5, 'Not Found');
    },
  }),
  route('^/apis/v1alpha1/runs/([^/]*)/nodes/([^/]*)/log', {
    GET: (state, call) => v1.readLog(state, first(call), second(call)),
  }),
  route(`${v2}/workflows`, { POST: (_state, { body }) => v1.report(body, false) }),
  route(`${v2}/scheduledworkflows`, { POST: (_state, { body }) => v1.report(body, true) }),
  route('^/apis/v1beta1/runs', {
    GET: (state, { query }) => v1.listRunsV1(state, query),
    POST: (state, { body }) => v1.createRunV1(state, body),
  }),
  route('^/apis/v1beta1/(experiments|pipelines|jobs)', {
    GET: (state, call) => v1.listV1(state, first(call) as 'experiments' | 'pipelines' | 'jobs', call.query),
  }),
  route('^/apis/v1alpha1/tasks', { GET: () => ({}) }),
  route('^/apis/v1beta1/pipeline_versions', {
    GET: () => {
      throw invalid('', 'Failed to list pipeline versions (v1beta1) due to missing pipeline id');
    },
  }),
  route('^/apis/v1beta1/runs/([^/]*):reportMetrics', { POST: (_state, { body }) => v1.reportMetrics(body) }),
  route('^/apis/v1beta1/runs/([^/]*)/(terminate|retry)', {
    POST: (state, call) => runs.changeRun(state, first(call), second(call)) ?? {},
  }),
  route('^/apis/v1beta1/runs/([^/]*)', {
    GET: (state, call) => v1.getRunV1(state, first(call)),
    DELETE: (state, call) => runs.deleteRun(state, first(call)),
  }),
];

/** The refusal of a method or verb that a known path does not have. */
export function notAllowed(): Refusal {
  return new Refusal(12, 'Method Not Allowed');
}
