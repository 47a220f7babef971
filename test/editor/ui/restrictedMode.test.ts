// What Restricted Mode leaves: lists, errors and how runs ended, and nothing that runs.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTitle, talkCode } from './cases/runFromCode.ts';
import { shot } from './support/shot.ts';
import { useEditor } from './support/suite.ts';

describe('in Restricted Mode', () => {
  const suite = useEditor({ workspace: 'pipelines', trust: true });

  it('the tree lists pipelines and runs none', async () => {
    const { workbench } = suite;
    const tree = workbench.tree('Pipelines');
    await tree.open();
    await tree.row('flowers').waitFor();
    await tree.row('flowers').hover();
    await tree.row('flowers').locator('a[aria-label^="Run pipeline"][aria-disabled="true"]').waitFor();
    await shot(workbench, 'restricted');
    expect(await workbench.page.locator('.part.sidebar').innerText()).toContain('Restricted Mode');
  });

  it('a file with pipelines has no Run, and still tells what is wrong and how it ran', async () => {
    const { code: editor } = suite.workbench;
    const talk = path.join(suite.place.workspace, 'talk.py');
    fs.writeFileSync(talk, talkCode);
    putRun(suite.place.home, talk);
    await editor.open('broken.yaml');
    await expect.poll(() => editor.marks.count()).toBe(1);
    await editor.open('talk.py');
    await editor.lens(/talk-1 succeeded, 3 min ago/).waitFor();
    expect(await editor.lenses()).toEqual([expect.not.stringContaining('Run')]);
    expect(await editor.action(runTitle).count()).toBe(0);
  });
});

/** A run of talk that ended three minutes ago, as its runner left it. */
function putRun(home: string, file: string): void {
  const folder = path.join(home, 'runs', '1');
  const at = Date.now() - 3.2 * 60_000;
  const source = { kind: 'python', file, label: 'talk.py', function: 'talk' };
  const run = {
    ...{ schema: 1, seq: 1, id: 'talk-1', number: 1, name: 'talk-1', state: 'succeeded' },
    pipeline: { id: 'talk.py:talk', name: 'talk', source },
    ...{ createdAt: at, startedAt: at, endedAt: at, arguments: {}, tasks: [] },
  };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'run.json'), JSON.stringify(run));
}
