// Fetches a browser and the editors in a process of its own: npm test goes on with what needs neither meanwhile.
import { ensureBrowser } from './browser.mjs';
import { EDITORS, ensureEditor } from './editorInstall.mjs';

await ensureBrowser();
for (const version of Object.keys(EDITORS)) await ensureEditor(version);
