import { describe } from 'vitest';
import { againCases } from './cases/again.ts';
import { failingCases } from './cases/failing.ts';
import { formCases } from './cases/form.ts';
import { runFromCodeCases } from './cases/runFromCode.ts';
import { sidebarCases } from './cases/sidebar.ts';
import { useEditor } from './support/suite.ts';

describe('a window on pipelines', () => {
  const suite = useEditor({
    workspace: 'pipelines',
    model: 'MLOps Basics',
    settings: { 'files.autoSave': 'off' },
  });

  sidebarCases(suite);
  formCases(suite);
  againCases(suite);
  failingCases(suite);
  runFromCodeCases(suite);
});
