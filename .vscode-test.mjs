import { defineConfig } from '@vscode/test-cli';

// VSCODE_EXECUTABLE: test/editor/hostRunner.mjs, which `npm test` sets, or a desktop editor's executable.
// Unset, the runner downloads an editor. MLOPS_HOST_WORKSPACE: the folder to open.
const executable = process.env.VSCODE_EXECUTABLE;

export default defineConfig({
  files: process.env.MLOPS_HOST_FILES ?? 'test/editor/host/*.test.mjs',
  workspaceFolder: process.env.MLOPS_HOST_WORKSPACE ?? 'resources/samples',
  ...(executable ? { useInstallation: { fromPath: executable } } : {}),
  mocha: { ui: 'bdd', timeout: 30_000 },
});
