import { placeName } from '../../../core/connections/placeName.ts';
import { onPlace } from '../../../core/domain/question.ts';
import { deleteKept, deleteKeptQuestion, type Kept } from '../../../core/pipelines/deleteKept.ts';
import type { PipelineBackend } from '../../../core/ports/pipelineBackend.ts';
import { deadline } from '../../deadline.ts';
import type { Services } from '../../services.ts';
import { askLine } from '../../window/askLine.ts';
import { ask } from '../../window/askQuestion.ts';

/** Deletes what a server keeps, after asking, once its name has been typed. */
export async function deleteTyped(
  { connections }: Services,
  backend: PipelineBackend,
  kept: Kept,
): Promise<void> {
  if (!(await ask(onPlace(deleteKeptQuestion(kept), placeName(connections, backend.connection))))) return;
  const typed = await askLine({
    title: `Delete ${kept.name}`,
    prompt: `Type ${kept.name} to delete it for good.`,
    check: (line) => (line === kept.name ? undefined : `Type ${kept.name}.`),
  });
  if (typed === kept.name) await deleteKept(backend, kept, deadline());
}
