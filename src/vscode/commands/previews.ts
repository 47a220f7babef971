import { showPreview } from '../panels/preview/showPreview.ts';
import type { Services } from '../services.ts';
import type { Handler } from './command.ts';
import { objectOfRow } from './shared/objectOfRow.ts';

/** Shows what an object is and its beginning; in a folder it asks which object. */
export function previewObjectRow(services: Services): Handler {
  return async (...args) => {
    const object = await objectOfRow(services, args, 'Preview which object?');
    if (object === undefined) return;
    const { at, bucket, key } = object;
    await showPreview(services, { connection: at.info.id, bucket, key });
  };
}
