import { type OneTransfer, transferAll, type Transferred } from '../../core/storage/transferAll.ts';
import { Speed, transferText, type TransferState } from '../../core/storage/transferText.ts';
import type { Services } from '../services.ts';
import { type Report, showProgress } from '../window/messages.ts';

/** How often a notification says how far it is, in milliseconds. */
const tickMs = 250;

/** Transfers files behind a notification with bytes and speed, which can cancel it. */
export async function showTransfer(
  { clock }: Pick<Services, 'clock'>,
  title: string,
  all: readonly OneTransfer[],
): Promise<Transferred> {
  const speed = new Speed();
  const tell = (state: TransferState, report: Report) => {
    const percent = state.total === 0 ? 100 : (100 * state.bytes) / state.total;
    report(transferText(state, speed.at(clock.now(), state.bytes)), percent);
  };
  return showProgress(title, async (signal, report) => {
    let latest: TransferState | undefined;
    const ticking = setInterval(() => latest && tell(latest, report), tickMs);
    try {
      return await transferAll(all, (state) => (latest = state), signal);
    } finally {
      clearInterval(ticking);
    }
  });
}
