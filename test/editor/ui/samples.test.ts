import { describe } from 'vitest';
import { consentCases } from './cases/consent.ts';
import { docsCases } from './cases/docs.ts';
import { runIrisCases } from './cases/runIris.ts';
import { useEditor } from './support/suite.ts';

describe('a window on the samples', () => {
  const suite = useEditor({ workspace: 'samples', model: 'MLOps Basics' });

  runIrisCases(suite);
  docsCases(suite);
  consentCases(suite); // it changes the settings of the workspace
});
