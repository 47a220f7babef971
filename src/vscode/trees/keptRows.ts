import type { Experiment } from '../../core/domain/experiment.ts';
import type { PipelineId } from '../../core/domain/pipeline.ts';
import type { PipelineVersion } from '../../core/domain/pipelineVersion.ts';
import type { RunSummary } from '../../core/domain/run.ts';
import type { Schedule } from '../../core/domain/schedule.ts';
import { nextOf, zoneHere } from '../../core/schedules/nextText.ts';
import { timingText } from '../../core/schedules/timingText.ts';
import { plain } from '../../core/text/markdown.ts';
import type { Branch, Row } from './row.ts';
import { runRow } from './runRow.ts';

/** The rows above what a server keeps besides its pipelines. */
export const keptGroups = {
  schedules: { label: 'Schedules', icon: 'calendar', empty: 'No schedules yet' },
  experiments: { label: 'Experiments', icon: 'beaker', empty: 'No experiments yet' },
  archivedExperiments: { label: 'Archived experiments', icon: 'archive', empty: 'No archived experiments' },
  archived: { label: 'Archived runs', icon: 'archive', empty: 'No archived runs' },
} as const;

export type KeptGroup = keyof typeof keptGroups;

export function groupRow(group: KeptGroup): Row {
  const { label, icon } = keptGroups[group];
  return { id: group, label, icon: { id: icon }, spoken: label, context: 'group', expand: 'closed' };
}

export const experimentRowId = (id: string): string => `experiment:${id}`;
export const versionsRowId = (pipeline: string): string => `versions:${pipeline}`;

/** The row above the versions of a pipeline. */
export function versionsRow(pipeline: PipelineId): Row {
  const row = { id: versionsRowId(pipeline), label: 'Versions', icon: { id: 'versions' } };
  return { ...row, spoken: 'Versions', context: 'group', expand: 'closed' };
}

/** "version 2": its menu runs just this version. */
export function versionBranch({ id, name, number, createdAt }: PipelineVersion): Branch {
  const description = `version ${number}`;
  return {
    row: {
      id: `version:${id}`,
      label: name,
      description,
      icon: { id: 'tag' },
      tooltip: `${plain(name)}: ${description}, uploaded ${new Date(createdAt).toLocaleString()}`,
      spoken: `${name}, ${description}`,
      context: 'pipeline.runnable.version',
      expand: 'never',
      target: { pipeline: id },
    },
  };
}

/** "every weekday at 06:00 UTC · next Mon 30 Nov 06:00 UTC", "off · every hour". */
export function scheduleBranch(schedule: Schedule, now: number): Branch {
  const { id, name, enabled, timing, zone, pipeline } = schedule;
  const next = nextOf(schedule, now, zoneHere());
  const words = [enabled ? '' : 'off', timingText(timing, zone), next === undefined ? '' : `next ${next}`];
  const facts = words.filter(Boolean);
  return {
    row: {
      id: `schedule:${id}`,
      label: name,
      description: facts.join(' · '),
      icon: { id: enabled ? 'clock' : 'circle-slash' },
      tooltip: [`**${plain(name)}** runs ${plain(pipeline.name)}`, ...facts.map(plain)].join('\n\n'),
      spoken: [name, 'schedule', enabled ? 'on' : '', ...facts].filter(Boolean).join(', '),
      context: enabled ? 'schedule.on' : 'schedule.off',
      expand: 'never',
      target: { schedule: id },
    },
  };
}

export function experimentRow({ id, name, lastRunAt, archived }: Experiment): Row {
  const last = lastRunAt === undefined ? '' : `last run ${new Date(lastRunAt).toLocaleDateString()}`;
  return {
    id: experimentRowId(id),
    label: name,
    ...(last === '' ? {} : { description: last }),
    icon: { id: 'beaker' },
    spoken: [name, 'experiment', last].filter(Boolean).join(', '),
    context: archived ? 'experiment.archived' : 'experiment',
    expand: archived ? 'never' : 'closed',
    target: { experiment: id },
  };
}

/** A run in another list than that of its pipeline, where its tasks are: a click opens its results. */
export function listedRunBranch(parent: string, run: RunSummary, now: number): Branch {
  const { context = '', live, ...row } = runRow(run, now);
  return {
    row: {
      ...row,
      id: `${parent}/${row.id}`,
      context: run.archived === true ? 'run.ended.archived' : `${context}.kept`,
      expand: 'never',
      click: { command: 'mlops.openRun', title: 'Open results' },
      ...(live === undefined ? {} : { live }),
    },
  };
}
