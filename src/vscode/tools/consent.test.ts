import { expect, it } from 'vitest';
import { noteAsked, takeConsent } from './consent.ts';

const hour = 60 * 60 * 1000;

it('what was asked about runs once, with what was shown', () => {
  noteAsked('mlops_stop_run', { run: 'last' }, { run: 'iris-12' }, 0);
  expect(takeConsent('mlops_stop_run', { run: 'last' })?.shown).toEqual({ run: 'iris-12' });
  expect(takeConsent('mlops_stop_run', { run: 'last' })).toBeUndefined();
});

it('a consent carries what it stood for', () => {
  noteAsked('mlops_run_pipeline', { pipeline: 'a' }, {}, 0, 'as it was');
  expect(takeConsent('mlops_run_pipeline', { pipeline: 'a' })?.agreed).toBe('as it was');
});

it('a call that nobody was asked about has no consent', () => {
  noteAsked('mlops_stop_run', { run: '12' }, { run: 'iris-12' }, 0);
  expect(takeConsent('mlops_stop_run', { run: '13' })).toBeUndefined();
  expect(takeConsent('mlops_delete_run', { run: '12' })).toBeUndefined();
});

it('each question makes a key of its own, and an old one is forgotten', () => {
  noteAsked('mlops_run_pipeline', { pipeline: 'a' }, {}, 0);
  noteAsked('mlops_run_pipeline', { pipeline: 'b' }, {}, hour + 1);
  noteAsked('mlops_run_pipeline', { pipeline: 'b' }, {}, hour + 2);
  expect(takeConsent('mlops_run_pipeline', { pipeline: 'a' })).toBeUndefined();
  const keys = [1, 2].map(() => takeConsent('mlops_run_pipeline', { pipeline: 'b' })?.key);
  expect(new Set(keys).size).toBe(2);
});
