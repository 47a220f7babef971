import * as vscode from 'vscode';
import type { About } from '../../core/agents/about.ts';
import type { Mention } from '../../core/domain/mention.ts';
import { isActive } from '../../core/domain/run.ts';
import { literal, asName } from '../../core/text/literal.ts';
import { prose } from '../../core/text/markdown.ts';
import { connectionOf, objectsOf } from '../../core/connections/findConnection.ts';
import type { OpenConnection } from '../connections/openConnection.ts';
import { targetOfRun } from '../target.ts';
import type { Services } from '../services.ts';
import { logUri, objectUri, runUri } from '../uris.ts';

const mostReferences = 12;

/** References to all that an answer named, and buttons for the run that it is about. */
export async function showMentions(
  services: Services,
  stream: vscode.ChatResponseStream,
  { all, subject }: Pick<About, 'all' | 'subject'>,
): Promise<void> {
  const shown = new Set<string>();
  for (const mention of all) {
    if (shown.size >= mostReferences) break;
    const target = await place(services, mention);
    if (target === undefined || shown.has(text(target))) continue;
    shown.add(text(target));
    stream.reference(target);
  }
  showSources(stream, all);
  const run = subject.find((mention) => mention.kind === 'run');
  if (run === undefined) return showObject(stream, subject);
  stream.button({
    command: 'mlops.openRun',
    title: literal(`Results of ${asName(run.label)}`),
    arguments: [targetOfRun(run)],
  });
  if (run.failedTask !== undefined && run.failedLine === true) {
    const failed = { ...targetOfRun(run), task: run.failedTask };
    stream.button({ command: 'mlops.goToFailingLine', title: 'Go to line', arguments: [failed] });
  }
  if (run.against !== undefined) {
    const runs = [run.against.id, run.id];
    stream.button({
      command: 'mlops.compareRuns',
      title: literal(`Compare with ${asName(run.against.label)}`),
      arguments: [{ connection: run.connection, runs }],
    });
  }
  if (isActive(run.state))
    stream.button({
      command: 'mlops.stopRun',
      title: literal(`Stop ${asName(run.label)}`),
      arguments: [targetOfRun(run)],
    });
}

/** A button for the preview of the object that an answer is about, where its columns can be drawn as well. */
function showObject(stream: vscode.ChatResponseStream, subject: About['subject']): void {
  const object = subject.find((mention) => mention.kind === 'object');
  if (object === undefined || object.key.endsWith('/') || subject.some(({ kind }) => kind === 'bucket'))
    return;
  const { connection, bucket, key } = object;
  stream.button({
    command: 'mlops.previewObject',
    title: literal(`Preview ${asName(key.slice(key.lastIndexOf('/') + 1))}`),
    arguments: [{ connection, bucket, key }],
  });
}

/** The passages that an answer was made of, by the titles that it cites; each opens at its heading. */
function showSources(stream: vscode.ChatResponseStream, all: readonly Mention[]): void {
  const passages = all.filter((mention) => mention.kind === 'passage');
  const titles = new Set<string>();
  for (const passage of passages.slice(0, mostReferences)) {
    if (titles.has(passage.title)) continue;
    // An anchor would show the file and the line in place of the title, and a link to a file finds none on another machine.
    const page = passage.file.slice(
      Math.max(passage.file.lastIndexOf('/'), passage.file.lastIndexOf('\\')) + 1,
    );
    const place = encodeURIComponent(JSON.stringify([{ page, line: passage.line }]));
    const before = titles.size === 0 ? '\n\nSources: ' : ' · ';
    const link = new vscode.MarkdownString(
      `${before}[${prose(passage.title)}](command:mlops.openGuide?${place})`,
    );
    link.isTrusted = { enabledCommands: ['mlops.openGuide'] };
    stream.markdown(link);
    titles.add(passage.title);
  }
}

async function place(
  services: Services,
  mention: Mention,
): Promise<vscode.Uri | vscode.Location | undefined> {
  switch (mention.kind) {
    case 'pipeline':
      return pipelinePlace(mention);
    case 'run':
      return runUri(mention);
    case 'task':
      return logUri({ connection: mention.connection, id: mention.run }, mention.path);
    case 'object':
      return mention.key.endsWith('/') ? undefined : objectPlace(services, mention);
    case 'passage':
      return passagePlace(mention);
    case 'schedule':
    case 'bucket':
    case 'more':
    case 'deleted':
      return undefined;
  }
}

function pipelinePlace({ source }: Mention & { kind: 'pipeline' }): vscode.Location | undefined {
  if (source?.file === undefined) return undefined;
  const line = Math.max(0, (source.line ?? 1) - 1);
  return new vscode.Location(vscode.Uri.file(source.file), new vscode.Position(line, 0));
}

function passagePlace({ file, line }: Mention & { kind: 'passage' }): vscode.Location {
  return new vscode.Location(vscode.Uri.file(file), new vscode.Position(line - 1, 0));
}

async function objectPlace(
  { connections }: Services,
  { connection, bucket, key }: Mention & { kind: 'object' },
): Promise<vscode.Uri> {
  const store = await objectsOf(connectionOf<OpenConnection>(connections, connection));
  const file = store.localFile?.(bucket, key);
  return file === undefined ? objectUri({ connection, bucket, key }) : vscode.Uri.file(file);
}

const text = (target: vscode.Uri | vscode.Location) =>
  target instanceof vscode.Location ? target.uri.toString() : target.toString();
