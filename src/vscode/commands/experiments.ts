import * as vscode from 'vscode';
import { placeName } from '../../core/connections/placeName.ts';
import type { Experiment } from '../../core/domain/experiment.ts';
import { onPlace } from '../../core/domain/question.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import type { PipelineBackend } from '../../core/ports/pipelineBackend.ts';
import { experimentQuestion } from '../../core/runs/experimentQuestion.ts';
import { experimentsOf } from '../../core/runs/findExperiment.ts';
import { literal } from '../../core/text/literal.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';
import { targetOf } from './shared/arguments.ts';
import { deleteTyped } from './shared/deleteTyped.ts';

const mostOffered = 200;

/** Archives an experiment with its runs, or brings it back, after asking. */
export function archiveExperiment(services: Services, archived: boolean): Handler {
  const change = archived ? 'archive' : 'unarchive';
  return async (...args) => {
    const backend = await changingBackend(services, 'write', targetOf(args).connection);
    const title = `${archived ? 'Archive' : 'Unarchive'} which experiment?`;
    const experiment = await chosen(backend, args, { title, archived: !archived });
    if (experiment === undefined) return;
    const question = experimentQuestion(change, experiment.name);
    if (await ask(onPlace(question, placeName(services.connections, backend.connection)), 'information'))
      await experimentsOf(backend).archive(experiment.id, archived, deadline());
  };
}

/** Deletes an experiment, after asking and with its name typed; its runs stay. */
export function deleteExperiment(services: Services): Handler {
  return async (...args) => {
    const backend = await changingBackend(services, 'destroy', targetOf(args).connection);
    const experiment = await chosen(backend, args, { title: 'Delete which experiment?', archived: false });
    if (experiment === undefined) return;
    await deleteTyped(services, backend, { kind: 'experiment', name: experiment.name, experiment });
  };
}

async function chosen(
  backend: PipelineBackend,
  args: readonly unknown[],
  { title, archived }: { readonly title: string; readonly archived: boolean },
): Promise<Experiment | undefined> {
  const experiments = experimentsOf(backend);
  const { experiment: id } = targetOf(args);
  if (id !== undefined) return experiments.get(id, deadline());
  const { items } = await experiments.list({ size: mostOffered, archived }, deadline());
  if (items.length === 0)
    throw new MlopsError(
      'notFound',
      `${backend.connection.name} has no ${archived ? 'archived ' : ''}experiments.`,
    );
  const rows = items.map((experiment) => ({ label: literal(experiment.name), experiment }));
  return (await vscode.window.showQuickPick(rows, { title }))?.experiment;
}
