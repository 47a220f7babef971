const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration: "0.4 s", "8 s", "3 min 12 s", "1 h 4 min", "2 d 3 h". */
export function duration(ms: number): string {
  const elapsed = Math.max(0, ms);
  if (elapsed < 950) return `${(Math.round(elapsed / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(elapsed / second) * second;
  if (seconds < minute) return `${seconds / second} s`;
  if (seconds < hour) return twoUnits(seconds, [minute, 'min'], [second, 's']);
  if (seconds < day) return twoUnits(seconds, [hour, 'h'], [minute, 'min']);
  return twoUnits(seconds, [day, 'd'], [hour, 'h']);
}

/** How long ago, in words: "just now", "3 min ago", "2 h ago", "5 d ago". */
export function ago(then: number, now: number): string {
  const past = now - then;
  if (past < minute) return 'just now';
  if (past < hour) return `${Math.floor(past / minute)} min ago`;
  if (past < day) return `${Math.floor(past / hour)} h ago`;
  return `${Math.floor(past / day)} d ago`;
}

/** A number of bytes in decimal units, as file managers show it: "512 B", "1.2 kB", "34 MB". */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1000.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const shown =
    unit === 0 || value >= 9.95 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
  return `${shown} ${units[unit] ?? ''}`;
}

type Unit = readonly [ms: number, name: string];

function twoUnits(ms: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((ms % large) / small);
  const head = `${Math.floor(ms / large)} ${largeName}`;
  return rest === 0 ? head : `${head} ${rest} ${smallName}`;
}
