import { expect } from 'vitest';
import type { Workbench } from '../../harness/workbench.ts';

/** A picture of the window as it is; `npm run shots` makes it in every theme. */
export async function shot(workbench: Workbench, name: string): Promise<void> {
  await clearHovers(workbench);
  await workbench.screenshot(name);
}

/**
 * What the pointer came to rest on may explain itself, over the things that matter. An explanation may come after the
 * pointer has left; it goes when the pointer moves again.
 */
async function clearHovers({ page }: Workbench): Promise<void> {
  const hovers = page.locator('.monaco-hover:visible, .hover-contents:visible');
  let step = 0;
  const left = async () => {
    step += 1;
    await page.mouse.move(step % 2, 0);
    return hovers.count();
  };
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
}
