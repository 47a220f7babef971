import { describe, it } from 'vitest';
import { expectWelcome } from './support/welcome.ts';
import { useEditor } from './support/suite.ts';

describe('a window without a folder', () => {
  const suite = useEditor({ workspace: 'empty', openFolder: false });

  it('shows how to begin', () => expectWelcome(suite.workbench, 'without-a-folder'));
});
