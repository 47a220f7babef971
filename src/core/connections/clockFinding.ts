import type { Finding } from '../ports/connectionChecks.ts';

const mostSkew = 60_000;

/** How far this machine's clock is from a server's `Date` header, in milliseconds, where it counts: ahead is more than 0. */
function clockSkew(date: string | null | undefined, now: number): number | undefined {
  const off = now - Date.parse(date ?? '');
  return Number.isNaN(off) ? undefined : off;
}

/** Whether this machine's clock and a server's agree. Tokens and sessions are only valid for a while, by the clocks of both sides. */
export function clockFinding(date: string | null | undefined, now: number): Finding {
  const off = clockSkew(date, now);
  if (off === undefined) return { state: 'unknown', words: 'The server does not tell its time.' };
  if (Math.abs(off) <= mostSkew) return { state: 'good', words: 'Both clocks agree.' };
  const minutes = Math.round(Math.abs(off) / 60_000);
  return {
    state: 'wrong',
    words: `The clock of this machine is ${minutes} min ${off > 0 ? 'ahead of' : 'behind'} that of the server.`,
    fix: 'Set the clock by the network: tokens and sessions count as expired otherwise.',
  };
}
