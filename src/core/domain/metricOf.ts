import type { Metric } from './artifact.ts';
import { sameWords } from './sameWords.ts';

/** A metric whose value is a number. */
export interface Figure extends Metric {
  readonly value: number;
}

/**
 * A run's number for a metric, named as it is or with its task ("train/accuracy"), in any case and with spaces, `-` or `_` between
 * its words. Of several, such as those of a loop, the highest or the lowest; NaN is no number.
 */
export function metricOf(
  metrics: readonly Metric[],
  name: string,
  which: 'highest' | 'lowest',
): Figure | undefined {
  const wanted = sameWords(name);
  const found = metrics
    .filter(isFigure)
    .filter((metric) =>
      [metric.name, `${metric.task}/${metric.name}`].some((one) => sameWords(one) === wanted),
    );
  const sign = which === 'highest' ? -1 : 1;
  return found.toSorted((a, b) => sign * (a.value - b.value))[0];
}

function isFigure(metric: Metric): metric is Figure {
  return typeof metric.value === 'number' && !Number.isNaN(metric.value);
}
