import * as path from 'node:path';
import * as vscode from 'vscode';
import { named, type Question, textParagraph } from '../../core/domain/question.ts';
import type { CompileApproval, CompileApprovals } from '../../core/ports/compileApprovals.ts';
import { MlopsError } from '../../core/ports/mlopsError.ts';
import { literal } from '../../core/text/literal.ts';
import { count } from '../../core/text/markdown.ts';
import { ago } from '../../core/text/units.ts';
import { deadline } from '../deadline.ts';
import type { Services } from '../services.ts';
import { ask } from '../window/askQuestion.ts';
import type { Handler } from './command.ts';
import { changingBackend } from './shared/allowed.ts';

type Item = vscode.QuickPickItem & { readonly approval?: CompileApproval };
type Picked = { readonly take: CompileApproval } | 'allow' | undefined;

const allowItem: Item = {
  label: '$(add) Allow a folder…',
  description: 'its Python files, and what you save there',
  alwaysShow: true,
};

/** Lists the approvals to compile, withdraws those that the person picks, and approves a folder. */
export function manageApprovals(services: Services): Handler {
  return async () => {
    const { approvals, connection } = await changingBackend(services, 'write', undefined);
    if (approvals === undefined)
      throw new MlopsError('unsupported', `${connection.name} compiles nothing here.`);
    for (;;) {
      const picked = await pickApproval(await approvals.list(), services.clock.now());
      if (picked === undefined) return;
      if (picked === 'allow') await allowFolder(approvals);
      else await approvals.revoke([picked.take.id]);
    }
  };
}

/** Shows the list. Picking a row and its button do the same. */
function pickApproval(all: readonly CompileApproval[], now: number): Promise<Picked> {
  const { promise, resolve } = Promise.withResolvers<Picked>();
  const box = vscode.window.createQuickPick<Item>();
  box.title = approvalsTitle(all);
  box.placeholder = all.length === 0 ? 'A run asks before it compiles' : 'Pick one to take it back';
  box.matchOnDetail = true;
  box.items = [
    ...all.map((approval) => ({
      ...approvalRow(approval, vscode.workspace.asRelativePath(approval.path), now),
      approval,
      buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: 'Take back' }],
    })),
    allowItem,
  ];
  const choose = (item: Item | undefined) => {
    if (item !== undefined) resolve(item.approval === undefined ? 'allow' : { take: item.approval });
    box.hide();
  };
  box.onDidAccept(() => choose(box.selectedItems[0] ?? box.activeItems[0]));
  box.onDidTriggerItemButton(({ item }) => choose(item));
  box.onDidHide(() => {
    resolve(undefined);
    box.dispose();
  });
  box.show();
  return promise;
}

async function allowFolder(approvals: CompileApprovals): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  if (await ask(allowQuestion(path.basename(folder.fsPath))))
    await approvals.approveFolder(folder.fsPath, deadline());
}

/** A folder of the workspace, or one below it. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const another = { label: '$(folder-opened) Another folder…', uri: undefined };
  const items = [...folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri })), another];
  const picked = await vscode.window.showQuickPick(items, { title: 'Allow compiling in which folder?' });
  if (picked === undefined || picked.uri !== undefined) return picked?.uri;
  const start = folders[0] === undefined ? {} : { defaultUri: folders[0].uri };
  const dialog = {
    canSelectFiles: false,
    canSelectFolders: true,
    title: 'Allow compiling in',
    openLabel: 'Choose',
  };
  const [uri] = (await vscode.window.showOpenDialog({ ...dialog, ...start })) ?? [];
  return uri;
}

/** An approval as a list shows it: plain text. */
export interface ApprovalRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** The row of an approval; `name` is its path as people name it. */
export function approvalRow({ scope, path, at }: CompileApproval, name: string, now: number): ApprovalRow {
  const covers = scope === 'folder' ? 'with what you save there' : 'as it was';
  return {
    label: `$(${scope === 'folder' ? 'folder' : 'file-code'}) ${literal(name)}`,
    description: `${covers}, ${ago(at, now)}`,
    detail: path,
  };
}

/** The title of the list. */
export function approvalsTitle(all: readonly CompileApproval[]): string {
  return all.length === 0
    ? 'No Python file may be compiled unasked'
    : `${count(all.length, 'approval')} to compile Python files`;
}

/** The question before a folder is approved. */
export function allowQuestion(folder: string): Question {
  return {
    title: ['Allow compiling in ', named(folder), '?'],
    verb: 'Allow',
    paragraphs: [
      textParagraph('Compiling a pipeline runs its Python file on this machine.'),
      textParagraph(
        'The Python files below this folder may be compiled as they are, and as you save them in this editor. Files that are changed in another way, by a pull or another program, are asked about again.',
      ),
    ],
  };
}
