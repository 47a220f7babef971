import * as z from 'zod';

/** Fields that several tools share. */
export const pageField = z.string().optional().describe('The page to show, as an earlier answer named it.');

export const runField = z
  .string()
  .min(1)
  .max(200)
  .describe(
    'The run: its id ("iris-12"), its number ("12"), its name, "last" for the newest run, "last failed", or "last failed iris" for that of a pipeline.',
  );

export const pipelineField = z
  .string()
  .min(1)
  .max(500)
  .describe("The pipeline's name, or its file when names repeat.");

export const waitField = z
  .number()
  .int()
  .min(0)
  .max(120)
  .optional()
  .describe('Seconds to wait for the end of the run, 0 to 120; 60 when left out. It goes on afterwards.');
