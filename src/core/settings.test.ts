import { describe, expect, it } from 'vitest';
import { settings } from './settings.ts';
import { settingsNeedingTrust } from './settingsNeedingTrust.ts';

/** Words of settings that choose what is run, from where, or what it is told. */
const chooses =
  /program|python|interpreter|executable|command|folder|director|path|file|variable|environment|index|url|token/i;

describe('settings', () => {
  it('are listed for activation where they need a trusted workspace', () => {
    const rows = settings.filter(({ needsTrust }) => needsTrust).map(({ key }) => key);
    expect(settingsNeedingTrust).toEqual(rows);
  });

  it('need a trusted workspace where they name a program, a path or a variable', () => {
    const wanted = settings.filter(({ key, type }) => chooses.test(`${key} ${String(type['description'])}`));
    expect(wanted.filter(({ needsTrust }) => !needsTrust)).toEqual([]);
    expect(wanted.length).toBeGreaterThan(3);
  });

  it('need a trusted workspace unless they are a number, a boolean or a fixed choice', () => {
    const harmless = settings.filter(({ needsTrust }) => !needsTrust);
    const free = harmless.filter(
      ({ type }) =>
        !['integer', 'number', 'boolean'].includes(String(type['type'])) && !Array.isArray(type['enum']),
    );
    expect(free).toEqual([]);
    expect(harmless.map(({ key }) => key)).toEqual([
      'mlops.local.parallelTasks',
      'mlops.local.memoryLimit',
      'mlops.local.logLimit',
      'mlops.chat.rounds',
    ]);
  });
});
