import * as z from 'zod';
import type { Artifact } from '../domain/artifact.ts';
import type { Run, TaskRun } from '../domain/run.ts';
import { areaUnder, type RocPoint, thinCurve } from './curve.ts';

/** Which artifact of which task a chart was read from; `slice` names the part of the data, where there are several. */
export interface ChartSource {
  readonly task: string;
  readonly artifact: string;
  readonly slice?: string;
}

/** How often each true class (row) was taken for each class (column). `rows` is square and has a row for each label. */
export interface ConfusionMatrix extends ChartSource {
  readonly kind: 'matrix';
  readonly labels: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** A ROC curve, thinned for drawing. `total` counts the points that were logged; `area` is computed from all of them. */
export interface RocCurve extends ChartSource {
  readonly kind: 'roc';
  readonly points: readonly RocPoint[];
  readonly total: number;
  readonly area: number;
}

/** A part of a classification artifact that cannot be drawn, and why. */
export interface ChartProblem extends ChartSource {
  readonly kind: 'problem';
  readonly message: string;
}

export type Chart = ConfusionMatrix | RocCurve | ChartProblem;

/** Most classes of a matrix that are passed on, and most points of a curve that are drawn. */
const mostClasses = 500;
const mostPoints = 500;
const mostCharts = 30;

/** The charts that a run's metrics artifacts hold, in the order of the tasks: at most 30, then a note on how many are left out. */
export function chartsOf(run: Pick<Run, 'tasks'>): readonly Chart[] {
  const all = run.tasks.flatMap((task) =>
    task.artifacts.flatMap((artifact) => artifactCharts(task, artifact)),
  );
  const shown = all.slice(0, mostCharts);
  const [left] = all.slice(mostCharts);
  if (left === undefined) return shown;
  const { task, artifact, slice } = left;
  const source = { task, artifact, ...(slice === undefined ? {} : { slice }) };
  const cut = `It and what comes after it are left out: ${shown.length} of ${all.length} charts are shown.`;
  return [...shown, problem(source, cut)];
}

// As kfp's ClassificationMetrics writes its metadata; a server wraps the same in `list` and `struct`.
const unwrapped = (inner: z.ZodType) =>
  z.preprocess((value) => {
    const boxed = z
      .object({ list: z.unknown() })
      .or(z.object({ struct: z.unknown() }))
      .safeParse(value);
    return boxed.success ? Object.values(boxed.data)[0] : value;
  }, inner);
const number = z.number().or(
  z
    .string()
    .regex(/^(NaN|-?Infinity)$/)
    .transform(Number),
);
const matrixSchema = z.object({
  annotationSpecs: z.array(z.object({ displayName: z.string() })),
  rows: z.array(z.object({ row: z.array(number) })),
});
const curveSchema = z.array(
  z.object({
    falsePositiveRate: z.number(),
    recall: z.number(),
    confidenceThreshold: number.optional(),
  }),
);
const sliceSchema = z.array(
  z.object({ slice: z.string(), sliceClassificationMetrics: z.record(z.string(), z.unknown()) }),
);

function artifactCharts(task: TaskRun, { name, metadata }: Artifact): readonly Chart[] {
  const source = { task: task.path, artifact: name };
  const slices = unwrapped(sliceSchema).safeParse(metadata['evaluationSlices']);
  const sliced = (slices.success ? (slices.data as z.infer<typeof sliceSchema>) : []).flatMap(
    ({ slice, sliceClassificationMetrics }) => partCharts({ ...source, slice }, sliceClassificationMetrics),
  );
  return [...partCharts(source, metadata), ...sliced];
}

function partCharts(source: ChartSource, part: { readonly [key: string]: unknown }): readonly Chart[] {
  return [matrixOf(source, part['confusionMatrix']), curveOf(source, part['confidenceMetrics'])].filter(
    (chart) => chart !== undefined,
  );
}

function matrixOf(source: ChartSource, given: unknown): Chart | undefined {
  if (given === undefined) return undefined;
  const read = unwrapped(matrixSchema).safeParse(given);
  if (!read.success)
    return problem(source, 'Its confusion matrix is not written as Kubeflow Pipelines writes one.');
  const { annotationSpecs, rows } = read.data as z.infer<typeof matrixSchema>;
  const labels = annotationSpecs.map((spec) => spec.displayName);
  const cells = rows.map(({ row }) => row);
  if (cells.length !== labels.length || cells.some((row) => row.length !== labels.length))
    return problem(
      source,
      `Its confusion matrix is not square: ${labels.length} classes, ${cells.length} rows.`,
    );
  if (labels.length > mostClasses)
    return problem(
      source,
      `Its confusion matrix has ${labels.length} classes; at most ${mostClasses} are shown.`,
    );
  return { kind: 'matrix', ...source, labels, rows: cells };
}

function curveOf(source: ChartSource, given: unknown): Chart | undefined {
  if (given === undefined) return undefined;
  const read = unwrapped(curveSchema).safeParse(given);
  if (!read.success) return problem(source, 'Its ROC curve is not written as Kubeflow Pipelines writes one.');
  const all = (read.data as z.infer<typeof curveSchema>)
    .map(({ falsePositiveRate, recall, confidenceThreshold }) => ({
      falsePositiveRate,
      truePositiveRate: recall,
      // Scikit-learn begins with an infinite threshold, which has no meaning.
      ...(confidenceThreshold === undefined || !Number.isFinite(confidenceThreshold)
        ? {}
        : { threshold: confidenceThreshold }),
    }))
    .toSorted((a, b) => a.falsePositiveRate - b.falsePositiveRate || a.truePositiveRate - b.truePositiveRate);
  if (all.length === 0) return undefined;
  return {
    kind: 'roc',
    ...source,
    points: thinCurve(all, mostPoints),
    total: all.length,
    area: areaUnder(all),
  };
}

const problem = (source: ChartSource, message: string): ChartProblem => ({
  kind: 'problem',
  ...source,
  message,
});
