import { expect } from 'vitest';
import type { Theme, Workbench } from '../../harness/workbench.ts';

const themes: readonly Theme[] = ['dark', 'light', 'hc'];

/** Pictures of the window in every theme; leaves it dark. */
export async function shots(workbench: Workbench, name: string): Promise<void> {
  await clearHovers(workbench);
  for (const theme of themes) await workbench.screenshot(name, { theme });
  await workbench.switchTheme('dark');
}

/** A picture in the theme that the window has. */
export async function picture(workbench: Workbench, name: string): Promise<void> {
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
  await expect.poll(left, { timeout: 10_000, interval: 100 }).toBe(0);
}
