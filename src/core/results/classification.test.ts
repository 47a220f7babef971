import { describe, expect, it } from 'vitest';
import { aRun, aTask } from '../../../test/fakes/aRun.ts';
import type { JsonObject } from '../domain/json.ts';
import { chartsOf } from './classification.ts';

const matrix = {
  annotationSpecs: [{ displayName: 'cat' }, { displayName: 'dog' }],
  rows: [{ row: [8, 2] }, { row: [1, 9] }],
};
const curve = [
  { confidenceThreshold: 0.2, falsePositiveRate: 0.5, recall: 1 },
  { confidenceThreshold: 'Infinity', falsePositiveRate: 0, recall: 0 },
  { confidenceThreshold: 0.8, falsePositiveRate: 0, recall: 0.5 },
];
const charts = (metadata: JsonObject) =>
  chartsOf(
    aRun({
      tasks: [
        aTask({
          path: 'judge',
          artifacts: [{ name: 'curves', type: 'ClassificationMetrics', uri: '', metadata }],
        }),
      ],
    }),
  );
const source = { task: 'judge', artifact: 'curves' };

describe('charts of a run', () => {
  it('are the confusion matrix and the ROC curve that kfp logs', () => {
    const [first, second] = charts({ confusionMatrix: matrix, confidenceMetrics: curve });
    expect(first).toEqual({
      kind: 'matrix',
      ...source,
      labels: ['cat', 'dog'],
      rows: [
        [8, 2],
        [1, 9],
      ],
    });
    expect(second).toEqual({
      kind: 'roc',
      ...source,
      total: 3,
      area: 0.875,
      points: [
        { falsePositiveRate: 0, truePositiveRate: 0 },
        { falsePositiveRate: 0, truePositiveRate: 0.5, threshold: 0.8 },
        { falsePositiveRate: 0.5, truePositiveRate: 1, threshold: 0.2 },
      ],
    });
  });

  it('are also read from the struct and the list that a server wraps them in', () => {
    expect(charts({ confusionMatrix: { struct: matrix }, confidenceMetrics: { list: curve } })).toEqual(
      charts({ confusionMatrix: matrix, confidenceMetrics: curve }),
    );
  });

  it('name the slice of the data that they evaluate', () => {
    const slices = [{ slice: 'north', sliceClassificationMetrics: { confusionMatrix: matrix } }];
    expect(charts({ evaluationSlices: slices })).toEqual([
      expect.objectContaining({ kind: 'matrix', slice: 'north', ...source }),
    ]);
  });

  it('are replaced by the reason when they cannot be drawn', () => {
    expect(
      charts({ confusionMatrix: { annotationSpecs: matrix.annotationSpecs, rows: [{ row: [1, 2] }] } }),
    ).toEqual([
      { kind: 'problem', ...source, message: 'Its confusion matrix is not square: 2 classes, 1 rows.' },
    ]);
    expect(charts({ confidenceMetrics: 'soon' })).toEqual([
      {
        kind: 'problem',
        ...source,
        message: 'Its ROC curve is not written as Kubeflow Pipelines writes one.',
      },
    ]);
  });

  it('are limited to 30, with a note on how many there are', () => {
    const slices = Array.from({ length: 33 }, (_, index) => ({
      slice: `part ${index}`,
      sliceClassificationMetrics: { confusionMatrix: matrix },
    }));
    const all = charts({ evaluationSlices: slices });
    expect(all.filter(({ kind }) => kind === 'matrix')).toHaveLength(30);
    expect(all.slice(30)).toEqual([
      {
        kind: 'problem',
        ...source,
        slice: 'part 30',
        message: 'It and what comes after it are left out: 30 of 33 charts are shown.',
      },
    ]);
  });

  it('are absent when an artifact has no such metadata', () => {
    expect(charts({ accuracy: 0.9, confidenceMetrics: [] })).toEqual([]);
  });
});
