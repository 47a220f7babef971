import { describe } from 'vitest';
import { approvalsCases } from './cases/approvals.ts';
import { followLogCases } from './cases/followLog.ts';
import { longRunCases } from './cases/longRun.ts';
import { twoWindowsCases } from './cases/twoWindows.ts';
import { useEditor } from './support/suite.ts';

describe('a window with runs that go on', () => {
  const suite = useEditor({ workspace: 'pipelines', model: 'MLOps Basics' });

  approvalsCases(suite);
  followLogCases(suite);
  twoWindowsCases(suite);
  longRunCases(suite); // it ends the editor
});
