interface Step {
  readonly name: string;
  /** What is still to be followed. */
  readonly rest: string[];
}

/** A cycle (`a → b → a`) in a graph of any depth; undefined when there is none. */
export function findCycle(
  names: readonly string[],
  next: (name: string) => readonly string[],
): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of names) {
    const cycle = done.has(start) ? undefined : cycleFrom(start, next, done);
    if (cycle) return cycle;
  }
  return undefined;
}

function cycleFrom(
  start: string,
  next: (name: string) => readonly string[],
  done: Set<string>,
): readonly string[] | undefined {
  const trail: Step[] = [{ name: start, rest: [...next(start)] }];
  const onTrail = new Set([start]);
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const following = top.rest.pop();
    if (following === undefined) {
      trail.pop();
      onTrail.delete(top.name);
      done.add(top.name);
    } else if (onTrail.has(following)) {
      const names = trail.map((step) => step.name);
      return [...names.slice(names.indexOf(following)), following];
    } else if (!done.has(following)) {
      trail.push({ name: following, rest: [...next(following)] });
      onTrail.add(following);
    }
  }
  return undefined;
}
