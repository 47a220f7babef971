import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureEditor } from '../../../scripts/lib/editorInstall.mjs';
import { mustRun } from '../../../scripts/lib/runCommand.mjs';
import { root } from '../../../scripts/node24.mjs';
import { withEditor } from '../harness/openEditor.ts';
import { withScratch } from './scratch.ts';

test('the VSIX installs, and the installed extension answers', async () => {
  await withScratch(async (scratch) => {
    await mustRun(process.execPath, ['scripts/package.mjs'], { cwd: root });
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const vsix = path.join(root, 'dist-vsix', `mlops-chat-${version}.vsix`);
    const extensionsDir = path.join(scratch, 'extensions');
    const { node, folder } = await ensureEditor();
    const install = [
      '--server-data-dir',
      scratch,
      '--extensions-dir',
      extensionsDir,
      '--install-extension',
      vsix,
    ];
    await mustRun(node, ['out/server-main.js', '--accept-server-license-terms', ...install], { cwd: folder });

    const home = path.join(scratch, 'home');
    await withEditor(
      { extensionPath: undefined, extensionsDir, env: { MLOPS_HOME: home } },
      async (workbench) => {
        await workbench.models.waitFor('MLOps Basics');
        await workbench.chat.say('@mlops list pipelines');
        expect(await workbench.chat.waitForAnswer()).toContain('iris');
      },
    );
  });
});
