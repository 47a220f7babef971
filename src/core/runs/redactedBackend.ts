import type { Page } from '../domain/page.ts';
import type { PipelineBackend, Preparation, RunRequest } from '../ports/pipelineBackend.ts';
import { redactError } from '../ports/mlopsError.ts';
import { overriding } from '../ports/overriding.ts';
import { overridingSchedules, type Schedules } from '../ports/schedules.ts';
import { type Redact, redact, redactor } from '../text/redact.ts';
import type { NamedValues } from '../text/secretValues.ts';
import { redactEvidence } from './redactedEvidence.ts';
import {
  knownValues,
  redactPipeline,
  redactRemark,
  redactRun,
  redactSummary,
  redactSummaryOf,
} from './redactedRun.ts';

/**
 * The same backend without secrets in the texts of runs, pipelines and errors. Values of parameters stay as they
 * are, since they are run again, and so do the bytes of logs, which are redacted line by line where they are shown.
 * `learn` is called with all values, for texts that combine several runs.
 */
export function redactedBackend(
  backend: PipelineBackend,
  learn: (values: NamedValues) => void = () => undefined,
): PipelineBackend {
  return overriding(backend, {
    ...(backend.schedules && { schedules: redactedSchedules(backend.schedules, learn) }),
    listPipelines: (query, signal) =>
      backend
        .listPipelines(query, signal)
        .then((page) => pageOf(page, (pipeline) => redactSummaryOf(pipeline, redact)), hiding(redact)),
    getPipeline: (id, signal) =>
      backend.getPipeline(id, signal).then((pipeline) => {
        learn(knownValues(pipeline));
        return redactPipeline(pipeline);
      }, hiding(redact)),
    prepareRun: (request, signal) => {
      learn(request.parameters);
      const hide = redactor(request);
      return backend
        .prepareRun(request, signal)
        .then((preparation) => redactPreparation(preparation, hide), hiding(hide));
    },
    createRun: (request: RunRequest, signal) => {
      learn(request.parameters);
      return backend.createRun(request, signal).catch(hiding(redactor(request)));
    },
    listRuns: (query, signal) =>
      backend.listRuns(query, signal).then((page) => {
        for (const run of page.items) learn(run.parameters);
        return pageOf(page, redactSummary);
      }, hiding(redact)),
    findRuns: (text, signal) =>
      backend.findRuns(text, signal).then((runs) => {
        for (const run of runs) learn(run.parameters);
        return runs.map(redactSummary);
      }, hiding(redact)),
    getRun: (id, signal) =>
      backend.getRun(id, signal).then((run) => {
        learn(run.parameters);
        return redactRun(run);
      }, hiding(redact)),
    ...(backend.readEvidence !== undefined && { readEvidence: evidenceOf(backend, learn) }),
  });
}

function redactedSchedules(schedules: Schedules, learn: (values: NamedValues) => void): Schedules {
  return overridingSchedules(schedules, {
    create: (request, signal) => {
      learn(request.parameters);
      return schedules.create(request, signal).catch(hiding(redactor(request)));
    },
    list: (query, signal) =>
      schedules.list(query, signal).then((page) => {
        for (const { parameters } of page.items) learn(parameters);
        return page;
      }, hiding(redact)),
    get: (id, signal) =>
      schedules.get(id, signal).then((schedule) => {
        learn(schedule.parameters);
        return schedule;
      }, hiding(redact)),
  });
}

/** The evidence of a run, without the secret values that the run itself has. */
function evidenceOf(
  backend: PipelineBackend,
  learn: (values: NamedValues) => void,
): NonNullable<PipelineBackend['readEvidence']> {
  return async (id, signal) => {
    const run = await backend.getRun(id, signal).catch(hiding(redact));
    learn(run.parameters);
    const hide = redactor(run);
    const evidence = await backend.readEvidence?.(id, signal).catch(hiding(hide));
    return redactEvidence(evidence ?? { tasks: [], workflow: undefined, unseen: [] }, hide);
  };
}

function pageOf<T>(page: Page<T>, shown: (item: T) => T): Page<T> {
  const cut = page.cut === undefined ? {} : { cut: redact(page.cut) };
  return { ...page, items: page.items.map(shown), ...cut };
}

function redactPreparation(preparation: Preparation, hide: Redact): Preparation {
  return {
    ...preparation,
    install: preparation.install.map(hide),
    runsOn: hide(preparation.runsOn),
    blockers: preparation.blockers.map((blocker) => redactRemark(blocker, hide)),
    notes: preparation.notes.map((note) => redactRemark(note, hide)),
  };
}

/** Throws an error again without the secrets in it. */
function hiding(hide: Redact): (error: unknown) => never {
  return (error) => {
    throw redactError(error, hide);
  };
}
