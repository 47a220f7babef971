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

/** What the pointer came to rest on may explain itself, over the things that matter. */
async function clearHovers({ page }: Workbench): Promise<void> {
  await page.mouse.move(0, 0);
  await page.locator('.monaco-hover:visible, .hover-contents:visible').first().waitFor({ state: 'detached' });
}
