/** A point of a ROC curve; both rates lie between 0 and 1. */
export interface RocPoint {
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
  readonly threshold?: number;
}

/**
 * At most `most` (≥ 3) of the points, chosen to keep the shape of the line: from each stretch the point that
 * makes the largest triangle with its neighbours. Steinarsson, "Downsampling Time Series for Visual Representation",
 * 2013 (Largest-Triangle-Three-Buckets). The points are sorted by their false positive rate.
 */
export function thinCurve(points: readonly RocPoint[], most: number): readonly RocPoint[] {
  const [first] = points;
  const last = points.at(-1);
  if (points.length <= most || first === undefined || last === undefined) return points;
  const kept = [first];
  const stretch = (points.length - 2) / (most - 2);
  for (let index = 0; index < most - 2; index += 1) {
    const bucket = points.slice(1 + Math.floor(index * stretch), 1 + Math.floor((index + 1) * stretch));
    const next = points.slice(1 + Math.floor((index + 1) * stretch), 1 + Math.floor((index + 2) * stretch));
    const before = kept.at(-1) ?? first;
    kept.push(farthest(bucket, before, next.length === 0 ? last : middle(next)));
  }
  return [...kept, last];
}

/** The area under a curve by the trapezoid rule, with the corners (0, 0) and (1, 1) that every ROC curve has. */
export function areaUnder(points: readonly RocPoint[]): number {
  const all = [corner(0), ...points, corner(1)];
  let area = 0;
  let before = corner(0);
  for (const point of all) {
    const width = point.falsePositiveRate - before.falsePositiveRate;
    area += (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
    before = point;
  }
  return area;
}

const corner = (rate: number): RocPoint => ({ falsePositiveRate: rate, truePositiveRate: rate });

function farthest(bucket: readonly RocPoint[], a: RocPoint, c: RocPoint): RocPoint {
  let best = bucket[0] ?? c;
  let largest = -1;
  for (const point of bucket) {
    const size = Math.abs(
      (a.falsePositiveRate - c.falsePositiveRate) * (point.truePositiveRate - a.truePositiveRate) -
        (a.falsePositiveRate - point.falsePositiveRate) * (c.truePositiveRate - a.truePositiveRate),
    );
    if (size > largest) [best, largest] = [point, size];
  }
  return best;
}

function middle(points: readonly RocPoint[]): RocPoint {
  const mean = (of: (point: RocPoint) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return {
    falsePositiveRate: mean((point) => point.falsePositiveRate),
    truePositiveRate: mean((point) => point.truePositiveRate),
  };
}
