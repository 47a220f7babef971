import { expect, it } from 'vitest';
import { renderQuestionPlain } from '../../core/text/renderQuestionPlain.ts';
import { allowQuestion, approvalRow, approvalsTitle } from './approvals.ts';

const file = { id: 'file:/w/a.py', scope: 'file', path: '/w/a.py', at: 0 } as const;
const folder = { id: 'folder:/w', scope: 'folder', path: '/w', at: 0 } as const;

it('says what each approval covers and since when', () => {
  expect(approvalRow(file, 'a.py', 120_000)).toEqual({
    label: '$(file-code) a.py',
    description: 'as it was, 2 min ago',
    detail: '/w/a.py',
  });
  expect(approvalRow(folder, 'w', 120_000).description).toBe('with what you save there, 2 min ago');
  expect(approvalsTitle([file, folder])).toBe('2 approvals to compile Python files');
  expect(approvalsTitle([])).toBe('No Python file may be compiled unasked');
});

it('keeps a name from drawing an icon', () => {
  expect(approvalRow(file, '$(trash).py', 0).label).not.toContain('$(trash)');
});

it('says what allowing a folder means before it is allowed', () => {
  const { title } = renderQuestionPlain(allowQuestion('w'));
  expect({ title, verb: allowQuestion('w').verb }).toEqual({ title: 'Allow compiling in w?', verb: 'Allow' });
});
