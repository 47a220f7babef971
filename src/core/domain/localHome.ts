/** The folder of a home that holds its runs. */
export const runsFolder = 'runs';

const marker = '.active-';

/** The name of the file in `runs/` that says that a run may be active. */
export function activeMarkerName(number: number): string {
  return `${marker}${number}`;
}

/** The run number in the name of such a file; undefined for another name. */
export function markedNumber(name: string): number | undefined {
  return name.startsWith(marker) ? runNumber(name.slice(marker.length)) : undefined;
}

/** The run number that a name in `runs/` stands for. */
export function runNumber(name: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(name) ? Number(name) : undefined;
}

/** The run number in a run's id, which ends in it: 12 of `iris-12`. */
export function numberInId(id: string): number | undefined {
  return runNumber(/-(\d+)$/.exec(id)?.[1] ?? '');
}
