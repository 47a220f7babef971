/** The folder in a home that holds its runs. */
export const runsFolder = 'runs';

const marker = '.active-';

/** The name of the marker in `runs/` for a run that may be active. */
export function activeMarkerName(number: number): string {
  return `${marker}${number}`;
}

/** The run number in the name of a marker; undefined for another name. */
export function markedNumber(name: string): number | undefined {
  return name.startsWith(marker) ? runNumber(name.slice(marker.length)) : undefined;
}

/** The run number that the name of a folder in `runs/` stands for. */
export function runNumber(name: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(name) ? Number(name) : undefined;
}

/** The run number in a run's id, which ends in it: 12 of `iris-12`. */
export function numberInId(id: string): number | undefined {
  return runNumber(/-(\d+)$/.exec(id)?.[1] ?? '');
}
