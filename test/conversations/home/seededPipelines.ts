import type { JsonObject } from '../../../src/core/domain/json.ts';

/** A task of a seeded pipeline: its Python, and the artifacts that it makes by name and type. */
export interface SeededTask {
  readonly name: string;
  readonly needs?: string;
  readonly source: string;
  /** Lines that it prints. */
  readonly prints: readonly string[];
  readonly makes?: { readonly [artifact: string]: 'Dataset' | 'Model' | 'Metrics' | 'ClassificationMetrics' };
}

export interface SeededPipeline {
  readonly name: string;
  readonly description: string;
  /** Defaults by parameter name. */
  readonly parameters: JsonObject;
  readonly tasks: readonly SeededTask[];
}

const load = (file: string): SeededTask => ({
  name: 'load-data',
  source: `def load_data(rows: Output[Dataset]):
    import pandas as pd

    frame = pd.read_csv('${file}')
    frame.to_csv(rows.path, index=False)
`,
  prints: [`reading ${file}`, 'columns are complete', 'written'],
  makes: { rows: 'Dataset' },
});

const preprocess = (body: string): SeededTask => ({
  name: 'preprocess',
  needs: 'load-data',
  source: `def preprocess(rows: Input[Dataset], clean: Output[Dataset]):
    import pandas as pd

    rows = pd.read_csv(rows.path)
${body}
    rows.to_csv(clean.path, index=False)
`,
  prints: ['dropping duplicates', 'encoding columns', 'scaling', 'written'],
  makes: { clean: 'Dataset' },
});

const train = (name: string, model: string): SeededTask => ({
  name,
  needs: 'preprocess',
  source: `def ${name.replaceAll('-', '_')}(clean: Input[Dataset], model_file: Output[Model]):
    import joblib
    import pandas as pd

    rows = pd.read_csv(clean.path)
    x, y = rows.drop(columns='target'), rows['target']
    model = ${model}
    model.fit(x, y)
    joblib.dump(model, model_file.path)
`,
  prints: ['fitting', 'fold 1 of 5', 'fold 2 of 5', 'fold 3 of 5', 'fold 4 of 5', 'fold 5 of 5', 'fitted'],
  makes: { model_file: 'Model' },
});

const evaluate = (needs: string): SeededTask => ({
  name: 'evaluate',
  needs,
  source: `def evaluate(metrics: Output[Metrics], confusion: Output[ClassificationMetrics]):
    metrics.log_metric('accuracy', accuracy)
`,
  prints: ['scoring the test rows', 'metrics written'],
  makes: { metrics: 'Metrics', confusion: 'ClassificationMetrics' },
});

const split = { random_state: 7, test_size: 0.2 };

/** The pipelines of the seeded workspace. */
export const seededPipelines: readonly SeededPipeline[] = [
  {
    name: 'iris',
    description: 'Trains a decision tree on the iris flowers.',
    parameters: {
      features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
      max_depth: 3,
      normalize: true,
      random_state: 42,
      test_size: 0.2,
    },
    tasks: [
      load('data/iris.csv'),
      preprocess('    rows = rows.dropna()'),
      train('train-tree', 'DecisionTreeClassifier(max_depth=max_depth)'),
      evaluate('train-tree'),
    ],
  },
  {
    name: 'diabetes-svm',
    description: 'Trains a support vector machine on the diabetes records.',
    parameters: { C: 1, gamma: 'scale', kernel: 'rbf', ...split },
    tasks: [
      load('data/diabetes.csv'),
      preprocess("    rows['insulin'] = rows['insulin'].replace(0, None)"),
      train('train-svm', 'SVC(C=C, gamma=gamma, kernel=kernel)'),
      evaluate('train-svm'),
    ],
  },
  {
    name: 'diabetes-tree',
    description: 'Trains a decision tree on the diabetes records.',
    parameters: { criterion: 'gini', max_depth: 3, ...split },
    tasks: [
      load('data/diabetes.csv'),
      preprocess('    rows = rows.fillna(rows.median())'),
      train('train-tree', 'DecisionTreeClassifier(max_depth=max_depth)'),
      evaluate('train-tree'),
    ],
  },
  {
    name: 'churn',
    description: 'Predicts which customers leave, with boosted trees.',
    parameters: {
      class_weight: 'balanced',
      learning_rate: 0.1,
      n_estimators: 100,
      random_state: 3,
      test_size: 0.25,
    },
    tasks: [
      load('data/customers.csv'),
      preprocess(
        "    rows['tenure'] = rows['tenure_months'] / 12\n    rows = pd.get_dummies(rows, columns=['contract', 'region'])",
      ),
      train('train-boosted', 'GradientBoostingClassifier(n_estimators=n_estimators)'),
      evaluate('train-boosted'),
    ],
  },
  {
    name: 'nightly-ingest',
    description: 'Loads the rows of a day from the warehouse.',
    parameters: { batch_size: 500, day: '2026-05-03', source: 'warehouse' },
    tasks: [
      {
        name: 'extract',
        source: `def extract(day: str, rows: Output[Dataset]):
    rows = warehouse.read(day, timeout=30)
`,
        prints: ['connecting to the warehouse', 'reading'],
        makes: { rows: 'Dataset' },
      },
      {
        name: 'load-rows',
        needs: 'extract',
        source: `def load_rows(rows: Input[Dataset], metrics: Output[Metrics]):
    metrics.log_metric('rows_loaded', count)
`,
        prints: ['writing batches', 'done'],
        makes: { metrics: 'Metrics' },
      },
    ],
  },
];

/** The pipeline of that name. */
export function seededPipeline(name: string): SeededPipeline {
  const found = seededPipelines.find((pipeline) => pipeline.name === name);
  if (found === undefined) throw new Error(`The seeded home has no pipeline ${name}.`);
  return found;
}
