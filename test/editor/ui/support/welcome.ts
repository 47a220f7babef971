import { expect } from 'vitest';
import type { Workbench } from '../../harness/workbench.ts';
import { shot } from './shot.ts';

/** Expects what the views say where there is nothing of the person's own yet, and takes a picture of that name. */
export async function expectWelcome(workbench: Workbench, picture: string): Promise<void> {
  const pipelines = workbench.tree('Pipelines');
  await pipelines.open();
  await pipelines.row(/iris\W*sample/).waitFor();
  const sidebar = workbench.page.locator('.part.sidebar');
  await sidebar.getByText('No pipelines of your own here yet. To run a sample').waitFor();
  expect(await workbench.tree('Storage').welcome()).toContain('No objects yet.');
  await shot(workbench, picture);
}
