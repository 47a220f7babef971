import { objectOrFolder } from '../../core/storage/objectOrFolder.ts';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import { deadline } from '../deadline.ts';
import { chooseKey } from '../objects/chooseObject.ts';
import { showPreview } from '../panels/preview/showPreview.ts';
import type { Services } from '../services.ts';
import type { Handler } from './command.ts';
import { targetOf } from './shared/arguments.ts';

/** Shows what an object is and its beginning; in a folder it asks which object. */
export function previewObjectRow(services: Services): Handler {
  return async (...args) => {
    const { connection, bucket, key } = targetOf(args);
    if (bucket === undefined || key === undefined) return;
    const place = connectionOf<OpenConnection>(services.connections, connection);
    const store = await objectsOf(place);
    const found = await objectOrFolder(store, { bucket, key }, deadline());
    const isFolder = found === '' || found.endsWith('/');
    const chosen = isFolder
      ? await chooseKey(store, { bucket, key: found }, { title: 'Preview which object?', what: 'object' })
      : found;
    if (chosen === undefined) return;
    await showPreview(services, { connection: place.info.id, bucket, key: chosen });
  };
}
