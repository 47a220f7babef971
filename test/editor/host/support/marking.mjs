import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

const source = `from pathlib import Path
from kfp import dsl

Path(__file__).with_name('mark').write_text('x')

@dsl.component(base_image='python:3.12')
def say(word: str):
    print(word)

@dsl.pipeline(name='marking')
def marking(word: str = 'hello'):
    say(word=word)
`;

/** A pipeline in the workspace whose Python file leaves a mark beside it when it is run. */
export function putMarking() {
  const [folder] = vscode.workspace.workspaceFolders;
  const file = path.join(folder.uri.fsPath, 'marking.py');
  const mark = path.join(folder.uri.fsPath, 'mark');
  // Not what was said yes to before.
  fs.writeFileSync(file, `${source}# ${crypto.randomUUID()}\n`);
  return {
    wasRun: () => fs.existsSync(mark),
    remove: () => {
      for (const one of [file, mark]) fs.rmSync(one, { force: true });
    },
  };
}
