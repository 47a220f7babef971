import type { Remark } from '../../core/domain/pipeline.ts';
import { sameJson } from '../../core/domain/json.ts';
import { own } from '../../core/domain/own.ts';
import { valueText } from '../../core/pipelines/parameterForm.ts';
import type { Preparation } from '../../core/ports/pipelineBackend.ts';
import { size } from '../../core/text/units.ts';
import type { PlannedRun } from './startRun.ts';

/** What a person is asked before a run starts: plain text, since a modal shows no Markdown. */
export interface RunQuestion {
  readonly title: string;
  readonly detail: string;
  readonly yes: string;
}

const mostLines = 30;

/** The question before a run: every parameter, what is installed, where it runs. */
export function runQuestion(planned: PlannedRun, preparation: Preparation): RunQuestion {
  const { pipeline, again, cache } = planned;
  const { install, installBytes, runsOn, notes } = preparation;
  const installs = install.length > 0;
  const about = installBytes === undefined ? '' : ` (about ${size(installBytes)})`;
  const name = pipeline.displayName ?? pipeline.name;
  return {
    title: again === undefined ? `Run ${name}?` : `Run ${name} again, as in ${again}?`,
    detail: [
      bounded(parameterLines(planned)),
      cache ? '' : 'Without cache: every task runs anew.',
      installs ? `First installs ${install.join(', ')}${about}.` : '',
      `Runs on ${runsOn}.`,
      bounded(notes.map(remarkLine)),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    yes: installs ? 'Install and run' : 'Run',
  };
}

function parameterLines({ pipeline, values }: PlannedRun): readonly string[] {
  return pipeline.parameters.map(({ name, default: fallback }) => {
    const value = own(values, name);
    const changed = fallback !== undefined && !sameJson(value, fallback);
    const usual = changed ? ` (default ${valueText(name, fallback, 40)})` : '';
    return `${name} = ${valueText(name, value, 120)}${usual}`;
  });
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

function bounded(lines: readonly string[]): string {
  if (lines.length <= mostLines) return lines.join('\n');
  return [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`].join('\n');
}
