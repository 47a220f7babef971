import { expect, test } from 'vitest';
import { redactedLog } from './openLog.ts';

test('the output channel shows no secrets', () => {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log = redactedLog({ info: write, warn: write, error: write });
  log.info('password=swordfish');
  log.warn('from https://me:swordfish@host');
  log.error('Authorization: Bearer swordfish');
  expect(lines).toEqual(['password=••••', 'from https://me:••••@host', 'Authorization: Bearer ••••']);
});
