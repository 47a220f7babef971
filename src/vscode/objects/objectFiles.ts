import * as vscode from 'vscode';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import { placeName } from '../../core/connections/placeName.ts';
import type { ObjectStat } from '../../core/domain/storedObject.ts';
import { cancelled, MlopsError } from '../../core/ports/mlopsError.ts';
import { mostObjects } from '../../core/ports/pages.ts';
import type { ObjectStore } from '../../core/ports/objectStore.ts';
import { asPrefix, findEntry } from '../../core/storage/findEntry.ts';
import { lastPart } from '../../core/storage/keyParts.ts';
import { readWhole } from '../../core/storage/readWhole.ts';
import { isWritable, saveObject, statOf, type WritableStore } from '../../core/storage/saveObject.ts';
import { writeQuestion } from '../../core/storage/saveQuestions.ts';
import { objectState } from '../../core/storage/objectState.ts';
import { whyReadOnly } from '../../core/storage/whyReadOnly.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { objectOfUri, type ObjectPlace, type ObjectState } from '../uris.ts';
import { ask } from '../window/askQuestion.ts';
import { toFileError } from './fileErrors.ts';
import { HeldStates } from './heldStates.ts';
import { resolveConflict } from './saveConflict.ts';

/** Longest time of reading or saving one object, in milliseconds: it is at most 50 MB. */
const transferMs = 600_000;
/** Most entries of a prefix that are listed as the files of a folder. */
const mostListed = 5 * mostObjects;

/** An object's place, opened. */
interface Opened extends ObjectPlace, ObjectState {
  readonly at: OpenConnection;
  readonly store: ObjectStore;
  readonly name: string;
}

/** Objects as files of the editor: read whole, and saved over the state that was opened. */
export class ObjectFiles implements vscode.Disposable {
  readonly #services: Services;
  readonly #changed: vscode.EventEmitter<vscode.FileChangeEvent[]>;
  readonly #held = new HeldStates();
  readonly #subscriptions: vscode.Disposable;

  constructor(services: Services, changed: vscode.EventEmitter<vscode.FileChangeEvent[]>) {
    this.#services = services;
    this.#changed = changed;
    const check = () => this.#compareAll().catch((error: unknown) => services.log.warn(String(error)));
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeWindowState(({ focused }) => focused && void check()),
      services.session.treeRequests.event(({ kind }) => {
        if (kind === 'refresh' || kind === 'objects') void check();
      }),
    );
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return this.#carry(uri, async (object) => {
      // A version stays as it is, also where the object was deleted since.
      if (object.version !== undefined) return earlier;
      const held = isOpen(uri) ? this.#held.get(uri.toString()) : undefined;
      const found = held ?? (await findEntry(object.store, object, deadline()));
      if (found === 'folder') return folder;
      const { mtime, size } = 'mark' in found ? found : this.#held.tell(uri.toString(), found);
      const readOnly = this.#whyReadOnly(object) !== undefined;
      return {
        ...{ type: vscode.FileType.File, ctime: mtime, mtime, size },
        ...(readOnly ? { permissions: vscode.FilePermission.Readonly } : {}),
      };
    });
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return this.#carry(uri, async ({ store, bucket, key }) => {
      const prefix = asPrefix(key);
      const entries: [string, vscode.FileType][] = [];
      let page: string | undefined;
      do {
        const query = { prefix, size: mostObjects, ...(page === undefined ? {} : { page }) };
        const { items, next } = await store.listObjects(bucket, query, deadline());
        for (const { kind, key: of } of items)
          if (of !== prefix)
            entries.push([
              lastPart(of),
              kind === 'object' ? vscode.FileType.File : vscode.FileType.Directory,
            ]);
        page = next;
      } while (page !== undefined && entries.length < mostListed);
      return entries;
    });
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return this.#carry(uri, async ({ store, bucket, key, version, etag }) => {
      const wanted = {
        ...(version === undefined ? {} : { version }),
        ...(etag === undefined ? {} : { etag }),
      };
      const signal = AbortSignal.timeout(transferMs);
      const { stat, content } = await readWhole(store, { bucket, key }, wanted, signal);
      this.#noteRead(uri, stat);
      return content;
    });
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    { create, overwrite }: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await this.#carry(uri, async (object) => {
      const store = this.#writable(object);
      const now = await statOf(store, object, deadline());
      const held = this.#held.get(uri.toString())?.mark;
      if (now === undefined && !create && held === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      if (now !== undefined && create && !overwrite) throw vscode.FileSystemError.FileExists(uri);
      await this.#save(uri, object, { store, content, opened: held, now });
    });
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.#carry(uri, async (object) => {
      const { writes } = this.#writable(object);
      const { bucket, key } = object;
      const { askAndDelete } = await import('./deleteObjects.ts');
      if (!(await askAndDelete(this.#services, { ...object, writes }, { bucket, keys: [key] })))
        throw cancelled();
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #save(uri: vscode.Uri, object: Opened, save: OneSave): Promise<void> {
    const { store, content, now } = save;
    const { at, bucket, key, name } = object;
    const place = placeName(this.#services.connections, at.info);
    const question = writeQuestion(name, { bytes: content.length, isThere: now !== undefined }, place);
    const isPersons = isChangedHere(uri) || isShown(uri, content);
    // What the person agrees to is what is there now.
    const opened = isPersons ? save.opened : now && objectState(now);
    if (!isPersons && !(await ask(question))) throw notSaved(name);
    const outcome = await saveObject(
      store,
      { bucket, key, content, opened },
      (found) => resolveConflict(this.#services, at, { uri, name, now: found }),
      AbortSignal.timeout(transferMs),
    );
    if (outcome === 'wait') throw notSaved(name);
    if (outcome === 'discard') this.#releaseAfterSave(uri);
    else this.#held.hold(uri.toString(), outcome);
    this.#services.session.treeRequests.fire({ kind: 'objects', connection: at.info.id });
  }

  /** The editor takes the document for saved; then it is told of the state that is there, and reads it. */
  #releaseAfterSave(uri: vscode.Uri): void {
    const saved = vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.uri.toString() !== uri.toString()) return;
      saved.dispose();
      this.#release(uri);
    });
  }

  /**
   * The editor reads a document to show it; others read objects, too. What they see must not count as seen by a person who has
   * changed the document, and a document that is not changed has to follow.
   */
  #noteRead(uri: vscode.Uri, stat: ObjectStat): void {
    const address = uri.toString();
    const held = isOpen(uri) ? this.#held.get(address) : undefined;
    if (held !== undefined && isChangedHere(uri)) return;
    this.#held.hold(address, stat);
    if (held !== undefined && held.mark !== objectState(stat))
      this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  #release(uri: vscode.Uri): void {
    this.#held.release(uri.toString());
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** Has the editor read what was changed elsewhere, except where there are changes of the person's. */
  async #compareAll(): Promise<void> {
    for (const address of this.#held.addresses()) {
      const uri = vscode.Uri.parse(address);
      const object = objectOfUri(uri);
      const held = this.#held.get(address);
      if (object === undefined || !isOpen(uri) || isChangedHere(uri)) continue;
      const found = await statOf((await this.#open(uri)).store, object, deadline());
      if (found === undefined || objectState(found) !== held?.mark) this.#release(uri);
    }
  }

  #whyReadOnly({ at, store, key, version, etag }: Opened): string | undefined {
    if (version !== undefined || etag !== undefined) return 'It is an earlier state of the object.';
    return whyReadOnly({ info: at.info, store, trusted: vscode.workspace.isTrusted }, { key });
  }

  #writable(object: Opened): WritableStore {
    const { store, name } = object;
    const why = this.#whyReadOnly(object);
    if (why !== undefined || !isWritable(store))
      throw new MlopsError('forbidden', `${name} is read-only here.`, { hint: why });
    return store;
  }

  async #open(uri: vscode.Uri): Promise<Opened> {
    const object = objectOfUri(uri);
    if (object === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const at = connectionOf<OpenConnection>(this.#services.connections, object.connection);
    return { ...object, at, store: await objectsOf(at), name: `${object.bucket}/${object.key}` };
  }

  async #carry<T>(uri: vscode.Uri, act: (object: Opened) => Promise<T>): Promise<T> {
    try {
      return await act(await this.#open(uri));
    } catch (error) {
      throw toFileError(error, uri);
    }
  }
}

interface OneSave {
  readonly store: WritableStore;
  readonly content: Uint8Array;
  /** The mark of the state that the editor has shown. */
  readonly opened: string | undefined;
  readonly now: ObjectStat | undefined;
}

const earlier: vscode.FileStat = {
  ...{ type: vscode.FileType.File, ctime: 0, mtime: 0, size: 0 },
  permissions: vscode.FilePermission.Readonly,
};
const folder: vscode.FileStat = { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };

/** True while the editor has changes of the person's: what it writes then is their save. */
function isChangedHere(uri: vscode.Uri): boolean {
  return openDocuments(uri).some(({ isDirty }) => isDirty);
}

/**
 * True where the editor writes what it shows. What is typed during a save counts as unchanged when that is over, until more is typed.
 */
function isShown(uri: vscode.Uri, content: Uint8Array): boolean {
  const text = new TextDecoder().decode(content);
  const documents = vscode.workspace.textDocuments.filter((one) => one.uri.toString() === uri.toString());
  return documents.some((document) => document.getText() === text);
}

function isOpen(uri: vscode.Uri): boolean {
  return openDocuments(uri).length > 0;
}

function openDocuments(uri: vscode.Uri): readonly { readonly uri: vscode.Uri; readonly isDirty: boolean }[] {
  const { textDocuments, notebookDocuments } = vscode.workspace;
  return [...textDocuments, ...notebookDocuments].filter((one) => one.uri.toString() === uri.toString());
}

function notSaved(name: string): MlopsError {
  return new MlopsError('cancelled', `${name} was not saved; your changes are kept here.`);
}
