import { snakeCase } from '../text/snakeCase.ts';

/** Whether a higher or a lower value is better; `unknown` when the metric's name does not tell. */
export type Direction = 'higher' | 'lower' | 'unknown';

const higher =
  /(^|_)(acc|accuracy|precision|recall|f1|f_?beta|auc|roc_auc|pr_auc|r2|map|ndcg|iou|dice|bleu|rouge|kappa|mcc|score)(_|$)/;
const lower =
  /(^|_)(loss|error|err|rmse|mse|mae|mape|msle|perplexity|wer|cer|logloss|brier|fpr|fnr|latency)(_|$)/;

/** Reads a metric's name: `val_accuracy` is better higher, `rmse` lower; `recall_error` is not guessed. */
export function metricDirection(name: string): Direction {
  const word = snakeCase(name);
  const up = higher.test(word);
  const down = lower.test(word);
  if (up === down) return 'unknown';
  return up ? 'higher' : 'lower';
}
