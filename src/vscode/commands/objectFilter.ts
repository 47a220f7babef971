import { asName } from '../../core/text/literal.ts';
import { chooseObject } from '../objects/chooseObject.ts';
import type { Services } from '../services.ts';
import { askLine } from '../window/askLine.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';

/** Asks for a text, then shows only the rows below a bucket or prefix whose names contain it; an empty one shows all. */
export function filterObjects(services: Services): Handler {
  return async (...args) => {
    const folder = await folderOf(services, args);
    if (folder === undefined) return;
    const text = await askLine({
      title: `Filter ${asName(`${folder.bucket}/${folder.prefix}`)}`,
      prompt: 'What the names of its entries contain. Empty: all are shown.',
      check: () => undefined,
    });
    if (text !== undefined) services.session.treeRequests.fire({ kind: 'filter', folder, text });
  };
}

/** Shows all rows below a bucket or prefix again. */
export function clearFilter(services: Services): Handler {
  return async (...args) => {
    const folder = await folderOf(services, args);
    if (folder !== undefined) services.session.treeRequests.fire({ kind: 'filter', folder, text: '' });
  };
}

async function folderOf(services: Services, args: readonly unknown[]) {
  const { connection, bucket, key = '' } = targetOf(args);
  const chosen =
    bucket === undefined
      ? await chooseObject(services, { title: 'Filter what?', what: 'folder' })
      : { connection, bucket, key };
  if (chosen === undefined) return undefined;
  const id = chosen.connection ?? services.connections.active.info.id;
  return { connection: id, bucket: chosen.bucket, prefix: chosen.key };
}
