/** A line that one of two texts has and the other has not. */
export interface LineChange {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** Most lines of each text between the first and the last difference that are compared one by one. */
const mostLines = 1500;

/**
 * The lines that differ between two texts, in their order; undefined where too many are between the first and the last
 * difference to be compared.
 */
export function lineChanges(
  before: readonly string[],
  after: readonly string[],
): readonly LineChange[] | undefined {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let same = 0;
  const room = Math.min(before.length, after.length) - start;
  while (same < room && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  const old = before.slice(start, before.length - same);
  const now = after.slice(start, after.length - same);
  return old.length > mostLines || now.length > mostLines ? undefined : changesBetween(old, now);
}

/** By the longest common subsequence. */
function changesBetween(old: readonly string[], now: readonly string[]): readonly LineChange[] {
  const common = commonAfter(old, now);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [was, is] = [old[i], now[j]];
    if (was !== undefined && was === is) [i, j] = [i + 1, j + 1];
    else if (was !== undefined && (is === undefined || common(i + 1, j) >= common(i, j + 1))) {
      changes.push({ sign: '-', text: was });
      i += 1;
    } else {
      changes.push({ sign: '+', text: is ?? '' });
      j += 1;
    }
  }
  return changes;
}

/** How many lines two texts have in common, in their order, from two places on. */
function commonAfter(
  old: readonly string[],
  now: readonly string[],
): (oldFrom: number, nowFrom: number) => number {
  const width = now.length + 1;
  const counts = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => counts[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      counts[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  return at;
}
