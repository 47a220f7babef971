import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What people run, run as they run it. One at a time: packaging builds anew what the others use. */
export default defineConfig({
  test: {
    name: 'smoke',
    root: fileURLToPath(new URL('../../..', import.meta.url)),
    include: ['test/editor/smoke/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    reporters: [
      'default',
      ['json', { outputFile: process.env['MLOPS_TEST_REPORT'] ?? 'test-results/smoke.json' }],
    ],
  },
});
