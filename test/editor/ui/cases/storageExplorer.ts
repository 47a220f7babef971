import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { S3Credentials } from '../../../../src/adapters/s3/requests.ts';
import { createS3 } from '../../../../src/adapters/s3/s3.ts';
import type { ObjectStore } from '../../../../src/core/ports/objectStore.ts';
import { bytesSource } from '../../../../src/core/storage/bytesSource.ts';
import type { FaultProxy } from '../../../servers/faultProxy.ts';
import { keepVersions, type S3Place } from '../../../servers/s3/s3Server.ts';
import { shot } from '../support/shot.ts';
import type { Suite } from '../support/suite.ts';

const never = new AbortController().signal;

/** The store that the cases are about, and the proxy that the editor reaches it through. */
export interface ExploredStore {
  readonly place: S3Place;
  readonly proxy: FaultProxy;
}

/** Browsing, editing, uploading and deleting in the Storage view, whose connection "Objects" is open. */
export function explorerCases(suite: Suite, explored: () => ExploredStore): void {
  const tree = () => suite.workbench.tree('Storage');

  it('loads a long folder further, and shows only some of its names', async () => {
    const { page } = suite.workbench;
    await tree().row('clicks').click(); // closes it, and has the keyboard
    await tree().row('clicks').click();
    await page.keyboard.press('End');
    await tree().row('Load more').click();
    await tree().row('2026-04-11.csv').waitFor();
    await tree().pressTitle('Collapse All');
    await tree().expand('Objects');
    await tree().expand('datasets');
    await tree().press('clicks', 'Filter objects…');
    await suite.workbench.quickInput.answerTo('What the names of its entries contain', '-03-1');
    await tree().expand('clicks');
    await tree().row('2026-03-10.csv').waitFor();
    expect(await tree().rowsWith('2026-01').count()).toBe(0);
    await shot(suite.workbench, 'storage-filter');
    await tree().press('clicks', 'Clear filter');
    await tree().row('2026-01-01.csv').waitFor();
    await tree().collapse('clicks');
  });

  it('an object is changed and saved like a file', async () => {
    await tree().row('churn').click();
    await tree().row('README.md').click();
    await typeAtStart('Changed here. ');
    await suite.workbench.page.keyboard.press('ControlOrMeta+S');
    await expect.poll(() => readme()).toMatch(/^Changed here\. # Customers/);
    // The store has it a moment before the editor takes the document for saved.
    await suite.workbench.page.locator('.part.editor .tab.active.dirty').waitFor({ state: 'detached' });
  });

  it('what somebody else changed is not overwritten unasked', async () => {
    const { dialogs, notifications, page } = suite.workbench;
    await store().writes?.put(readmeName, bytesSource(Buffer.from('# Theirs\n')), {}, never);
    await typeAtStart('Mine. ');
    await page.keyboard.press('ControlOrMeta+S');
    const asked = await dialogs.wait();
    expect(asked.message).toBe('Overwrite datasets/churn/README.md on Objects?');
    expect(asked.buttons).toEqual(expect.arrayContaining(['Overwrite', 'Compare', 'Discard mine']));
    await shot(suite.workbench, 'storage-conflict');
    await dialogs.press('Compare');
    await expect.poll(() => suite.workbench.activeTab()).toContain('Objects ↔ mine');
    await page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await shot(suite.workbench, 'storage-compare');
    expect(await readme()).toBe('# Theirs\n');
    // The editor's own word that the first save is over: another one during it would be ignored.
    await notifications.close(/README\.md was not saved; your changes are kept here/);
    await page.locator('.monaco-diff-editor .modified .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+S');
    await dialogs.wait();
    await dialogs.press('Discard mine');
    await tree().row('README.md').click();
    await suite.workbench.editor.line('# Theirs').waitFor();
    expect(await readme()).toBe('# Theirs\n');
  });

  it('a folder is uploaded, and an upload that hangs is cancelled', async () => {
    const { dialogs, notifications, quickInput } = suite.workbench;
    const folder = suite.place.file('photos');
    fs.mkdirSync(path.join(folder, 'a'), { recursive: true });
    for (const name of ['1.txt', 'a/2.txt', 'a/3.txt']) fs.writeFileSync(path.join(folder, name), name);
    const upload = async () => {
      await tree().menu('models', 'Upload folder…');
      await quickInput.chooseFile(folder, 'Upload');
      return dialogs.wait();
    };
    explored().proxy.next(/PUT \/models\/photos\/a\/3\.txt/, 'silent');
    expect((await upload()).message).toBe('Upload 3 files to models/ on Objects?');
    await dialogs.press('Upload');
    await notifications.wait(/2 of 3 files/);
    await shot(suite.workbench, 'storage-upload');
    await notifications.press('Uploading to models/', 'Cancel');
    await notifications.wait(/Cancelled: 2 of 3 files were uploaded to models\//);
    const again = await upload();
    expect(again.detail).toContain('2 of them are there already and would be replaced.');
    await shot(suite.workbench, 'storage-upload-again');
    await dialogs.press('Skip these');
    await notifications.wait('photos/a/3.txt was uploaded to models/.');
    expect(await keysIn('models', 'photos/')).toEqual(['photos/1.txt', 'photos/a/2.txt', 'photos/a/3.txt']);
  });

  it('a folder is downloaded, and nothing is replaced unasked', async () => {
    const { dialogs, notifications, quickInput } = suite.workbench;
    const folder = suite.place.file('downloads');
    fs.mkdirSync(path.join(folder, 'churn'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'churn', 'README.md'), 'Mine.');
    await tree().menu('churn', 'Download…');
    await quickInput.chooseFile(folder, 'Download here');
    expect((await dialogs.wait()).detail).toContain('One of them is there already and would be replaced.');
    await dialogs.press('Skip these');
    await notifications.wait('churn/customers.csv was downloaded to');
    const names = fs.readdirSync(path.join(folder, 'churn'));
    expect(names.toSorted()).toEqual(['README.md', 'customers.csv']);
    expect(fs.readFileSync(path.join(folder, 'churn', 'README.md'), 'utf8')).toBe('Mine.');
  });

  it('an earlier version is shown, and made the latest again', async () => {
    const { dialogs, editor, quickInput } = suite.workbench;
    await keepVersions(explored().place, 'datasets');
    for (const text of ['# First\n', '# Second\n'])
      await store().writes?.put(readmeName, bytesSource(Buffer.from(text)), {}, never);
    const version = async (act: string) => {
      await tree().menu('README.md', 'Show versions…');
      await quickInput.titled('Versions of datasets/churn/README.md');
      await shot(suite.workbench, 'storage-versions');
      await suite.workbench.page.locator('.quick-input-widget:visible .monaco-list-row').nth(1).click();
      await quickInput.pick(act);
    };
    await version('Open');
    await editor.line('# First').waitFor();
    await version('Restore…');
    expect((await dialogs.wait()).message).toBe('Restore datasets/churn/README.md on Objects?');
    await dialogs.press('Restore');
    await expect.poll(() => readme()).toBe('# First\n');
  });

  it('what the store knows of an object is shown beside it', async () => {
    await tree().menu('README.md', 'Show details of object');
    await expect.poll(() => suite.workbench.activeTab()).toContain('README.md (details).md');
    await shot(suite.workbench, 'storage-details');
  });

  it('a link is made for as long as somebody says', async () => {
    await tree().menu('README.md', 'Copy link…');
    await suite.workbench.quickInput.titled('Copy a link to datasets/churn/README.md');
    await shot(suite.workbench, 'storage-link');
    await suite.workbench.quickInput.pick('1 hour');
    await suite.workbench.notifications.wait('A link to datasets/churn/README.md for 1 hour was copied.');
  });

  it('a bucket is deleted by its name', async () => {
    const { dialogs, quickInput } = suite.workbench;
    await tree().menu('reports', 'Delete bucket');
    const asked = await dialogs.wait();
    expect(asked.message).toBe('Delete the bucket reports on Objects?');
    expect(asked.detail).toContain('1 object');
    await shot(suite.workbench, 'storage-delete-bucket');
    await dialogs.press('Delete');
    await quickInput.answerTo('Type reports to confirm', 'reports');
    await expect.poll(() => tree().rowsWith('reports').count()).toBe(0);
    expect((await store().listBuckets(never)).map(({ name }) => name)).not.toContain('reports');
  });

  const store = (): ObjectStore => {
    const { address, credentials }: { address: S3Place['address']; credentials: S3Credentials } =
      explored().place;
    return createS3({ address, credentials });
  };
  const readmeName = { bucket: 'datasets', key: 'churn/README.md' };
  const readme = async () => {
    let text = '';
    for await (const piece of store().read(readmeName.bucket, readmeName.key, { limit: 10_000 }, never))
      text += Buffer.from(piece).toString();
    return text;
  };
  const keysIn = async (bucket: string, prefix: string) => {
    const { items } = await store().listObjects(bucket, { prefix, deep: true }, never);
    return items.map(({ key }) => key);
  };
  const typeAtStart = async (text: string) => {
    const { editor, page } = suite.workbench;
    await editor.line(/#/).waitFor();
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText(text);
  };
}
