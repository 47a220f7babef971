import type { Json } from '../../core/domain/json.ts';
import type { Parameter, Pipeline, Remark } from '../../core/domain/pipeline.ts';
import type { Preparation } from '../../core/ports/pipelineBackend.ts';
import { shorten } from '../../core/text/markdown.ts';
import { size } from '../../core/text/units.ts';

/** What a person is asked before a run starts: plain text, since a modal shows no Markdown. */
export interface RunQuestion {
  readonly title: string;
  readonly detail: string;
  readonly yes: string;
}

const mostLines = 30;

/** The question before a run with a pipeline's defaults: every parameter, what is installed, where it runs. */
export function runQuestion(pipeline: Pipeline, preparation: Preparation): RunQuestion {
  const { install, installBytes, runsOn, notes } = preparation;
  const installs = install.length > 0;
  const about = installBytes === undefined ? '' : ` (about ${size(installBytes)})`;
  return {
    title: `Run ${pipeline.displayName ?? pipeline.name}?`,
    detail: [
      bounded(pipeline.parameters.map((parameter) => `${parameter.name} = ${shown(parameter.default)}`)),
      installs ? `First installs ${install.join(', ')}${about}.` : '',
      `Runs on ${runsOn}.`,
      bounded(notes.map(remarkLine)),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    yes: installs ? 'Install and run' : 'Run',
  };
}

/** Parameters without which no run can start. */
export function missingParameters(pipeline: Pipeline): readonly Parameter[] {
  return pipeline.parameters.filter((parameter) => parameter.required && parameter.default === undefined);
}

/** Why a pipeline cannot run here, one line for each reason with its way out. */
export function blockersText(blockers: readonly Remark[]): string {
  return bounded(
    blockers.map((blocker) => [remarkLine(blocker), blocker.hint ?? ''].filter(Boolean).join(' ')),
  );
}

function remarkLine({ task, message }: Remark): string {
  return task === undefined ? message : `${task}: ${message}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'not set';
  return shorten(typeof value === 'string' && value !== '' ? value : JSON.stringify(value), 120);
}

function bounded(lines: readonly string[]): string {
  if (lines.length <= mostLines) return lines.join('\n');
  return [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`].join('\n');
}
