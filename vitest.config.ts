import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const shim = fileURLToPath(new URL('test/vscode/shim.ts', import.meta.url));

const common = {
  alias: { vscode: shim },
  // The shim is loaded by Node itself, so that packages which require('vscode') get the same classes as our code.
  server: { deps: { external: [/test\/vscode\/shim\.ts$/] } },
  setupFiles: ['test/vscode/setup.ts'],
  testTimeout: 10_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            'src/**/*.test.{ts,tsx}',
            'test/{house,contract,conversations,knowledge,servers}/**/*.test.ts',
            'test/*.test.ts',
          ],
        },
      },
      {
        // Runs real pipelines on this machine: minutes, not seconds.
        test: {
          ...common,
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        // Adapters on a real Kubernetes API server, which is built at the first use.
        test: {
          ...common,
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          globalSetup: ['test/servers/kubernetes/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The adapter of object stores on real ones, which are built at the first use.
        test: {
          ...common,
          name: 'stores',
          include: ['test/stores/**/*.test.ts'],
          globalSetup: ['test/servers/s3/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The results panel as built, in a browser alone.
        test: {
          ...common,
          name: 'panels',
          include: ['test/webviews/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        // The extension as built, in a real editor. Two files at a time: each has a server, a browser and Python under it.
        test: {
          name: 'ui',
          include: ['test/editor/ui/**/*.test.ts'],
          globalSetup: ['test/editor/ui/support/environments.ts'],
          testTimeout: 120_000,
          // What the window shows in a moment here takes its time on a busy machine.
          expect: { poll: { timeout: 90_000, interval: 100 } },
          maxWorkers: 2,
        },
      },
    ],
    // npm test runs several of these side by side, each with a report of its own.
    reporters: [
      'default',
      ['json', { outputFile: process.env['MLOPS_TEST_REPORT'] ?? 'test-results/vitest.json' }],
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/**/*.test.{ts,tsx}', 'src/**/*.d.ts', 'src/webviews/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
      reportsDirectory: 'coverage',
    },
  },
});
