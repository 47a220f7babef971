import { expect, it } from 'vitest';
import { requirementName } from './requirements.ts';

it('normalizes package names as PyPI does', () => {
  const names = [
    'Scikit_Learn>=1',
    'a.b[c]==1; x',
    'name @ https://x/y.whl',
    'git+https://x/y.git#subdirectory=sdk/python',
    'https://x/y.whl',
  ];
  expect(names.map(requirementName)).toEqual(['scikit-learn', 'a-b', 'name', 'kfp', 'https://x/y.whl']);
});
