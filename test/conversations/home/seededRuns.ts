import type { JsonObject } from '../../../src/core/domain/json.ts';

/** The moment at which every conversation takes place: a Monday morning in May. */
export const now = Date.UTC(2026, 4, 4, 9, 30);

/** Why a seeded run failed: the task, what it raised, and the line of its source that raised it. */
export interface SeededFailure {
  readonly task: string;
  readonly type: string;
  readonly message: string;
  /** The failing line as it stands in the task's source. */
  readonly text: string;
}

/** One run of the seeded home. Its number is its place in the list. */
export interface SeededRun {
  readonly pipeline: string;
  /** "2026-04-24T15:10", in UTC. */
  readonly at: string;
  readonly parameters: JsonObject;
  readonly metrics?: { readonly [name: string]: number };
  /** Right and wrong answers by class, as the confusion matrix of its evaluation. */
  readonly matrix?: readonly (readonly number[])[];
  readonly failure?: SeededFailure;
}

const iris = (at: string, max_depth: number, figures: readonly number[]): SeededRun => ({
  pipeline: 'iris',
  at,
  parameters: {
    features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
    max_depth,
    normalize: true,
    random_state: 42,
    test_size: 0.2,
  },
  metrics: scores(figures),
  matrix: [
    [10, 0, 0],
    [0, 9, 1],
    [0, 1, 9],
  ],
});

const svm = (at: string, given: JsonObject, figures: readonly number[]): SeededRun => ({
  pipeline: 'diabetes-svm',
  at,
  parameters: { C: 1, gamma: 'scale', kernel: 'rbf', random_state: 7, test_size: 0.2, ...given },
  metrics: scores(figures),
  matrix: [
    [87, 13],
    [22, 32],
  ],
});

const tree = (at: string, given: JsonObject, figures: readonly number[]): SeededRun => ({
  pipeline: 'diabetes-tree',
  at,
  parameters: { criterion: 'gini', max_depth: 3, random_state: 7, test_size: 0.2, ...given },
  metrics: scores(figures),
  matrix: [
    [80, 20],
    [24, 30],
  ],
});

const churn = (at: string, n_estimators: number, figures: readonly number[]): SeededRun => ({
  pipeline: 'churn',
  at,
  parameters: {
    class_weight: 'balanced',
    learning_rate: 0.1,
    n_estimators,
    random_state: 3,
    test_size: 0.25,
  },
  metrics: scores(figures),
  matrix: [
    [1194, 98],
    [229, 240],
  ],
});

const ingest = (at: string, rows_loaded: number): SeededRun => ({
  pipeline: 'nightly-ingest',
  at,
  parameters: { batch_size: 500, day: at.slice(0, 10), source: 'warehouse' },
  metrics: { rows_loaded, rows_rejected: Math.round(rows_loaded / 300) },
});

const failing = ({ metrics: _metrics, matrix: _matrix, ...run }: SeededRun, failure: SeededFailure) => ({
  ...run,
  failure,
});

function scores(figures: readonly number[]): { readonly [name: string]: number } {
  const [accuracy = 0, precision = 0, recall = 0, log_loss = 0] = figures;
  return { accuracy, precision, recall, log_loss };
}

/** The runs, oldest first: the newest one failed yesterday, and `iris-17` has the highest precision of all. */
export const seededRuns: readonly SeededRun[] = [
  ingest('2025-09-27T02:00', 10_240),
  iris('2025-10-14T10:05', 2, [0.9333, 0.9343, 0.9333, 0.3121]),
  iris('2025-11-03T16:20', 3, [0.9467, 0.9502, 0.9467, 0.2406]),
  svm('2025-11-20T11:00', {}, [0.7078, 0.6711, 0.5524, 0.5423]),
  tree('2025-12-02T14:45', {}, [0.6969, 0.6342, 0.5813, 0.6012]),
  failing(ingest('2025-12-15T02:00', 0), {
    task: 'extract',
    type: 'TimeoutError',
    message: 'the warehouse did not answer within 30 s',
    text: 'rows = warehouse.read(day, timeout=30)',
  }),
  churn('2026-01-09T09:30', 100, [0.8121, 0.6644, 0.5012, 0.4322]),
  svm('2026-01-22T13:15', { C: 0.1 }, [0.6688, 0.6413, 0.3889, 0.5902]),
  tree('2026-02-05T10:40', { max_depth: 5 }, [0.7143, 0.6551, 0.6019, 0.6879]),
  iris('2026-02-17T15:00', 4, [0.9667, 0.9694, 0.9667, 0.1823]),
  churn('2026-02-27T17:25', 200, [0.8193, 0.6812, 0.5117, 0.4208]),
  ingest('2026-03-02T02:00', 11_904),
  svm('2026-03-11T09:10', { kernel: 'linear' }, [0.7403, 0.7031, 0.5741, 0.4981]),
  failing(svm('2026-03-18T18:05', { kernel: 'sigmoidal' }, []), {
    task: 'train-svm',
    type: 'InvalidParameterError',
    message: "The 'kernel' parameter of SVC must be a str among {'linear', 'poly', 'rbf', 'sigmoid'}.",
    text: 'model.fit(x, y)',
  }),
  failing(churn('2026-03-25T08:50', 200, []), {
    task: 'preprocess',
    type: 'KeyError',
    message: "'tenure_months'",
    text: "rows['tenure'] = rows['tenure_months'] / 12",
  }),
  tree('2026-04-02T11:30', { max_depth: 8 }, [0.7013, 0.6389, 0.6111, 0.9124]),
  iris('2026-04-07T10:15', 5, [0.9733, 0.9751, 0.9733, 0.1512]),
  svm('2026-04-10T16:40', { C: 2 }, [0.7338, 0.7083, 0.5648, 0.5107]),
  ingest('2026-04-13T02:00', 12_388),
  churn('2026-04-17T12:00', 400, [0.8264, 0.6973, 0.5236, 0.4129]),
  tree('2026-04-21T09:55', { max_depth: 4, test_size: 0.3 }, [0.7229, 0.6667, 0.5926, 0.5733]),
  svm('2026-04-24T15:10', { C: 5, gamma: 'auto' }, [0.7468, 0.7191, 0.5926, 0.4952]),
  iris('2026-04-28T14:30', 3, [0.96, 0.9619, 0.96, 0.2013]),
  failing(svm('2026-05-03T16:40', { C: 5, gamma: 'auto', kernel: 'poly' }, []), {
    task: 'train-svm',
    type: 'ValueError',
    message: 'Input X contains NaN: column `insulin` has 374 missing values after preprocess.',
    text: 'model.fit(x, y)',
  }),
];
