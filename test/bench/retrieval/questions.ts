import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const question = z.object({
  id: z.string(),
  question: z.string(),
  rephrasings: z.array(z.string()).default([]),
  relevant: z.array(z.object({ path: z.string(), heading: z.string().nullable() })),
  answerable: z.boolean(),
});

/** A question, the sections that answer it, and how else it may be put. A heading that is null: any section of the page. */
export type Question = z.infer<typeof question>;

/** Reads a file with a question in each line. Throws with the number of the line that is none. */
export async function readQuestions(file: string): Promise<readonly Question[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [question.parse(JSON.parse(line))];
    } catch (cause) {
      throw new Error(`Line ${index + 1} of ${file} is no question.`, { cause });
    }
  });
}
