/** Said under an answer with figures that come from nowhere. */
export const nothingLookedUp = 'Nothing was looked up for this answer.';

const metric =
  /\b(?:accuracy|precision|recall|f1|auc|loss|rmse|mae|mse|r2|r²|scores?|error rate|metrics?)\b/i;

/**
 * True when an answer names runs, or figures beside the name of a metric, that stand nowhere in what the model was given.
 */
export function hasUnknownFacts(answer: string, given: string): boolean {
  const prose = answer.replace(/^(`{3,})[^]*?^\1/gm, '');
  const known = given.toLowerCase();
  return [...runsIn(prose), ...figuresIn(prose)].some((fact) => !known.includes(fact.toLowerCase()));
}

/** "run 99", and ids as the charter wants them written: `iris-12`. */
function runsIn(text: string): readonly string[] {
  const named = [
    ...text.matchAll(/\bruns? (?:no\. ?|#)?`?([\w.-]*\d+)\b/gi),
    ...text.matchAll(/`([a-z][\w.]*(?:-[\w.]+)*-\d+)`/gi),
  ];
  return named.map(([, id = '']) => id);
}

function figuresIn(text: string): readonly string[] {
  if (!metric.test(text)) return [];
  const withoutCode = text.replace(/`[^`\n]*`/g, '');
  return [...withoutCode.matchAll(/\b[01]\.\d{2,}\b|\b\d+(?:\.\d+)?(?= ?%)/g)].map(([figure]) => figure);
}
