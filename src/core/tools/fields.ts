import * as z from 'zod';

/** Fields that several tools share. */
export const pageField = z.string().optional().describe('As an earlier answer named it.');

export const bucketField = z.string().min(1).max(100).describe('Its bucket.');

export const keyField = z.string().min(1).max(1100).describe('Its key.');

export const runField = z
  .string()
  .min(1)
  .max(200)
  .describe('Its id "iris-12", number, name, "last", or "last failed iris".');

export const pipelineField = z.string().min(1).max(500).describe('Its name, or its file when names repeat.');

export const experimentField = z.string().min(1).max(200).describe('Its name.');

export const waitField = z
  .number()
  .int()
  .min(0)
  .max(120)
  .optional()
  .describe('Seconds, 0 to 120; default 60. The run goes on afterwards.');

export const scheduleField = z
  .string()
  .min(1)
  .max(200)
  .describe('Its name, its pipeline, its id, or "the schedule".');
