import type { NewRun } from './server.ts';
import type { Act, Scene } from './scene.ts';
import type { Component, Spec } from './tasks.ts';
import type { Struct } from './struct.ts';

/** What the tasks of a run could have written, by what their code names: figures, metadata, a matrix. The same run gives the same. */
export function plausibleScene({ spec, parameters }: Pick<NewRun, 'spec' | 'parameters'>): Scene {
  const { root, components = {}, deploymentSpec } = (spec['pipeline_spec'] ?? spec) as unknown as Spec;
  const quality = qualityOf({ ...parameters });
  const tasks = [root, ...Object.values(components)].flatMap(({ dag }) => Object.entries(dag?.tasks ?? {}));
  const acts = tasks.map(([task, { componentRef }]) => {
    const component = components[componentRef?.name ?? ''] ?? {};
    const container = deploymentSpec?.executors?.[component.executorLabel ?? '']?.container;
    return [task, actsOf(task, component, container?.command?.at(-1) ?? '', quality)] as const;
  });
  return { tasks: Object.fromEntries(acts.filter(([, some]) => some.length > 0)) };
}

function actsOf(task: string, component: Component, source: string, quality: number): readonly Act[] {
  if (!source.includes('def ')) return [];
  if (source.includes(bug.at)) return [{ do: 'exit', code: 1, raises: bug }];
  const writes = { values: valuesOf(component, quality), metadata: metadataOf(component, source, quality) };
  return [{ do: 'ok', log: `Worked on ${task}\n`, writes }];
}

/** The bug of the sample first-bug, which fails on a cluster as it does here. */
const bug = { at: 'revenue / orders', type: 'ZeroDivisionError', message: 'float division by zero' };

/** How good the model of a run is: the deeper its tree, the better, up to a point. */
function qualityOf(parameters: Struct): number {
  const depth = Number(parameters['max_depth'] ?? parameters['depth'] ?? 3);
  return Math.round((0.97 - 0.11 / Math.max(1, depth) ** 1.5) * 10_000) / 10_000;
}

function valuesOf({ outputDefinitions = {} }: Component, quality: number): Struct {
  const values: { readonly [type: string]: unknown } = {
    NUMBER_DOUBLE: quality,
    NUMBER_INTEGER: 150,
    BOOLEAN: true,
    LIST: [1, 2, 3],
    STRUCT: { quality },
  };
  const entries = Object.entries(outputDefinitions.parameters ?? {});
  return Object.fromEntries(
    entries.map(([name, { parameterType = '' }]) => [name, values[parameterType] ?? 'done']),
  );
}

function metadataOf(
  { outputDefinitions = {} }: Component,
  source: string,
  quality: number,
): { readonly [artifact: string]: Struct } {
  const artifacts = Object.entries(outputDefinitions.artifacts ?? {});
  return Object.fromEntries(
    artifacts.map(([name, { artifactType = {} }]) => {
      const title = artifactType['schemaTitle'];
      if (title === 'system.Metrics') return [name, figuresIn(source, quality)];
      if (title === 'system.ClassificationMetrics') return [name, { confusionMatrix: matrixOf(quality) }];
      return [name, title === 'system.Dataset' ? { rows: 150 } : {}];
    }),
  );
}

function figuresIn(source: string, quality: number): Struct {
  const names = [...source.matchAll(/log_metric\(\s*["'](\w+)["']/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name, index) => [name, figureOf(name, quality - index * 0.004)]));
}

function figureOf(name: string, quality: number): number {
  if (/samples|rows|count/.test(name)) return 30;
  if (/mistakes|errors/.test(name)) return Math.round((1 - quality) * 30);
  return Math.round((/loss/.test(name) ? 1 - quality : quality) * 10_000) / 10_000;
}

/** A confusion matrix of flowers, as the SDK writes it. */
function matrixOf(quality: number): Struct {
  const wrong = Math.max(1, Math.round((1 - quality) * 30));
  const rows = [
    [10, 0, 0],
    [0, 10 - wrong, wrong],
    [0, 0, 10],
  ];
  return {
    annotationSpecs: ['setosa', 'versicolor', 'virginica'].map((displayName) => ({ displayName })),
    rows: rows.map((row) => ({ row })),
  };
}
