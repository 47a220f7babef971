import { expect } from 'vitest';
import type { Workbench } from '../../harness/workbench.ts';

/** A picture of the window as it is; `npm run shots` makes it in every theme, and takes its time for it. */
export async function shot(workbench: Workbench, name: string): Promise<void> {
  if (process.env['MLOPS_SHOTS_DIR'] !== undefined) await clearHovers(workbench);
  await workbench.screenshot(name);
}

/** So many looks without an explanation: one may still come after the pointer has left. */
const looks = 8;

/** What the pointer came to rest on may explain itself, over the things that matter, until the pointer moves again. */
async function clearHovers({ page }: Workbench): Promise<void> {
  const hovers = page.locator('.monaco-hover:visible, .hover-contents:visible');
  let [step, none] = [0, 0];
  const looksWithout = async () => {
    step += 1;
    await page.mouse.move(step % 2, 0);
    none = (await hovers.count()) === 0 ? none + 1 : 0;
    return none;
  };
  await expect.poll(looksWithout, { timeout: 10_000 }).toBe(looks);
}
