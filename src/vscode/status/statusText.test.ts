import { expect, test } from 'vitest';
import { aRun } from '../../../test/fakes/aRun.ts';
import { statusText, statusTooltip } from './statusText.ts';

test('the status bar names the connection and counts the active runs', () => {
  expect(statusText('This machine', [])).toBe('$(server-process) This machine');
  expect(statusText('This machine', [aRun(), aRun()])).toBe('$(server-process) This machine · 2 running');
});

const connection = { name: 'This machine', about: 'Pipelines run on this machine.' };

test('the tooltip of the status bar links each active run', () => {
  const tooltip = statusTooltip(connection, [aRun({ state: 'running' })]);
  expect(tooltip).toContain(
    '- [iris-12](command:mlops.openRun?%5B%7B%22connection%22%3A%22this-machine%22%2C%22run%22%3A%22iris-12%22%7D%5D): running, 4/4 tasks',
  );
  expect(statusTooltip(connection, [])).toBe(
    '**This machine**\n\nPipelines run on this machine.\n\nNo run is active.',
  );
  expect(
    statusTooltip(
      connection,
      Array.from({ length: 14 }, () => aRun()),
    ),
  ).toContain('- 4 more');
});
