import type { Artifact } from '../domain/artifact.ts';
import type { Run, TaskRun } from '../domain/run.ts';
import { shownValue } from '../text/values.ts';

/** An artifact in the list. With `object` it can be opened. */
export interface ArtifactRow {
  readonly task: string;
  readonly name: string;
  readonly type: string;
  readonly uri: string;
  /** Its short metadata in one line: "rows 120, format csv". */
  readonly facts: string;
  readonly object?: { readonly bucket: string; readonly key: string };
}

/** A page that a task wrote for people to read. */
export interface ReportRow {
  readonly task: string;
  readonly name: string;
  readonly type: 'HTML' | 'Markdown';
  readonly object: { readonly bucket: string; readonly key: string };
}

const longestFact = 60;
const mostFacts = 6;
/** These have a section of their own. */
const charts = ['confusionMatrix', 'confidenceMetrics', 'evaluationSlices'];

/** The artifacts of a run in the order of its tasks; metrics stand in their own list. */
export function artifactRows(run: Run): readonly ArtifactRow[] {
  return run.tasks.flatMap((task) =>
    task.artifacts
      .filter((artifact) => !(artifact.type.endsWith('Metrics') && artifact.object === undefined))
      .map((artifact) => ({
        task: task.path,
        name: artifact.name,
        type: artifact.type,
        uri: artifact.uri,
        facts: facts(artifact),
        ...(artifact.object === undefined ? {} : { object: artifact.object }),
      })),
  );
}

/** The HTML and Markdown pages of a run that have a file. */
export function reportRows(run: Run): readonly ReportRow[] {
  return run.tasks.flatMap((task) => task.artifacts.flatMap((artifact) => reportRow(task, artifact)));
}

function reportRow(task: TaskRun, { name, type, object }: Artifact): readonly ReportRow[] {
  if (object === undefined || object.key.endsWith('/')) return [];
  return type === 'HTML' || type === 'Markdown' ? [{ task: task.path, name, type, object }] : [];
}

function facts({ metadata }: Artifact): string {
  return Object.entries(metadata)
    .filter(([name]) => !charts.includes(name) && name !== 'display_name')
    .slice(0, mostFacts)
    .map(([name, value]) => `${name} ${shownValue(name, value, longestFact)}`)
    .join(', ');
}
