import type { Metric } from '../domain/artifact.ts';
import { figure } from '../text/values.ts';
import { metricDirection } from './metricDirection.ts';

/** The one metric to show where there is room for one: the first that is known to be good or bad, else the first. */
export function headlineMetric(metrics: readonly Metric[]): Metric | undefined {
  const numbers = metrics.filter((metric) => typeof metric.value === 'number');
  return numbers.find((metric) => metricDirection(metric.name) !== 'unknown') ?? numbers[0];
}

/** "accuracy 0.97" as text, or undefined for a run without a number to show. */
export function headline(metrics: readonly Metric[]): string | undefined {
  const metric = headlineMetric(metrics);
  return metric === undefined ? undefined : [metric.name, figure(metric.value)].join(' ');
}
