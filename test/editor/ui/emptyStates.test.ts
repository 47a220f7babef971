import { describe, expect, it } from 'vitest';
import { shot } from './support/shot.ts';
import { useEditor } from './support/suite.ts';

describe.each([
  { what: 'without a folder', openFolder: false },
  { what: 'in a folder without pipelines', openFolder: true },
])('$what', ({ what, openFolder }) => {
  const suite = useEditor({ workspace: 'empty', openFolder });

  it('the views say how to begin', async () => {
    const { workbench } = suite;
    await workbench.tree('Pipelines').open();
    await workbench
      .tree('Pipelines')
      .row(/iris\W*sample/)
      .waitFor();
    const sidebar = workbench.page.locator('.part.sidebar');
    await sidebar.getByText('No pipelines of your own here yet. To run a sample').waitFor();
    expect(await workbench.tree('Storage').welcome()).toContain('No objects yet.');
    await shot(workbench, what.replaceAll(' ', '-'));
  });
});

describe('in Restricted Mode', () => {
  const suite = useEditor({ workspace: 'pipelines', trust: true });

  it('pipelines are listed, and none is run', async () => {
    const { workbench } = suite;
    const tree = workbench.tree('Pipelines');
    await tree.open();
    await tree.row('flowers').waitFor();
    await tree.row('flowers').hover();
    await tree.row('flowers').locator('a[aria-label^="Run pipeline"][aria-disabled="true"]').waitFor();
    await shot(workbench, 'restricted');
    expect(await workbench.page.locator('.part.sidebar').innerText()).toContain('Restricted Mode');
  });
});
