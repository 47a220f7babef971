import { expect, it } from 'vitest';
import { areaUnder, thinCurve } from './curve.ts';

const point = (falsePositiveRate: number, truePositiveRate: number) => ({
  falsePositiveRate,
  truePositiveRate,
});

it('the area under the ROC curve is 0.5 for the diagonal and 1 for a perfect curve', () => {
  expect(areaUnder([point(0.3, 0.3)])).toBeCloseTo(0.5, 12);
  expect(areaUnder([point(0, 1)])).toBe(1);
  expect(areaUnder([])).toBe(0.5);
});

it('thinning leaves a short curve as it is', () => {
  const points = [point(0, 0), point(0.2, 0.9), point(1, 1)];
  expect(thinCurve(points, 3)).toBe(points);
});

it('thinning keeps the ends, the corner and the area of a long curve', () => {
  const rates = Array.from({ length: 10_000 }, (_, index) => index / 9999);
  const points = rates.map((rate) => point(rate, rate < 0.2 ? rate * 4.5 : 0.9 + (rate - 0.2) / 8));
  const thin = thinCurve(points, 500);
  expect(thin).toHaveLength(500);
  expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
  expect(thin.some(({ falsePositiveRate }) => Math.abs(falsePositiveRate - 0.2) < 0.003)).toBe(true);
  expect(areaUnder(thin)).toBeCloseTo(areaUnder(points), 3);
});
