import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { dist, extension, invoke } from './support/extension.mjs';
import { loadedModules, sourcesOf, staticClosure } from './support/loadedModules.mjs';

/** Looked at once after startup, for runs that still go on. */
const lookedAtOnce = /^later\/vscode\/activeRuns\.mjs$/;
const atFirstUse = /node_modules\/(zod|yaml|@vscode\/prompt-tsx)\/|src\/adapters\//;

let loaded;

// At the root: before the tests of any file use the extension.
before('activate and look at what was loaded', async () => {
  assert.ok(extension, 'the editor does not know the extension');
  await extension.activate();
  loaded = loadedModules(dist);
});

describe('activation', () => {
  it('happens when the editor has started, or brings a panel or an object back', () => {
    assert.equal(extension.isActive, true);
    // Panels and objects that were open before come back with the window.
    assert.deepEqual(extension.packageJSON.activationEvents, [
      'onStartupFinished',
      'onWebviewPanel:mlops.results',
      'onWebviewPanel:mlops.preview',
      'onFileSystem:mlops-object',
    ]);
  });

  it('loads its entry, what that imports statically, and the one look for active runs', () => {
    const entry = staticClosure(dist, 'extension.mjs');
    const look = loaded
      .filter((file) => lookedAtOnce.test(file))
      .flatMap((file) => staticClosure(dist, file));
    assert.deepEqual(
      entry.filter((file) => !loaded.includes(file)),
      [],
    );
    assert.deepEqual(
      loaded.filter((file) => !entry.includes(file) && !look.includes(file)),
      [],
    );
  });

  it('leaves the packages and the adapters for their first use', async () => {
    assert.equal(
      sourcesOf(dist, loaded).find((source) => atFirstUse.test(source)),
      undefined,
    );
    await invoke('mlops_list_pipelines');
    const later = sourcesOf(dist, loadedModules(dist)).join('\n');
    for (const used of ['node_modules/zod/', 'node_modules/js-yaml/', 'src/adapters/localRunner/']) {
      assert.ok(later.includes(used), `${used} was not seen even when it was used`);
    }
  });
});

describe('registration', () => {
  it('registers every command of its manifest', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = extension.packageJSON.contributes.commands.map(({ command }) => command);
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.filter((command) => !known.has(command)),
      [],
    );
  });

  it('gives the editor every tool of its manifest, with its schema', () => {
    const known = new Map(vscode.lm.tools.map((tool) => [tool.name, tool]));
    const contributed = extension.packageJSON.contributes.languageModelTools;
    assert.ok(contributed.length > 0);
    for (const { name, inputSchema, modelDescription, tags } of contributed) {
      const tool = known.get(name);
      assert.ok(tool, `${name} is not registered`);
      assert.deepEqual(tool.inputSchema, inputSchema);
      assert.equal(tool.description, modelDescription);
      assert.deepEqual([...tool.tags], tags);
    }
  });
});

describe('addresses of objects', () => {
  // As core/storage/objectPath.ts writes keys such as "/x", "../x", "100%", and both normal forms of é.
  const paths = [
    '/b/~/x',
    '/b/~../x',
    '/b/a/~',
    '/b/100%',
    '/b/a%2Fb',
    '/b/~c:/x',
    '/b/caf\u00e9',
    '/b/cafe\u0301',
  ];
  for (const path of paths)
    it(`keep the path ${path}`, () => {
      const uri = vscode.Uri.from({ scheme: 'mlops-object', authority: 'objects', path });
      assert.equal(vscode.Uri.parse(uri.toString()).path, path);
      assert.equal(vscode.Uri.joinPath(uri, '.').path, path);
    });
});
