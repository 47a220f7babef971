import type { Theme, Workbench } from '../../harness/workbench.ts';

const themes: readonly Theme[] = ['dark', 'light', 'hc'];

/** Pictures of the window in every theme; leaves it dark. */
export async function shots(workbench: Workbench, name: string): Promise<void> {
  for (const theme of themes) await workbench.screenshot(name, { theme });
  await workbench.switchTheme('dark');
}
