import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { Json } from '../../src/core/domain/json.ts';
import type { Run } from '../../src/core/domain/run.ts';
import type { PanelPage } from '../webviews/panelPage.ts';
import { messagesFor } from '../webviews/states.ts';

/** The parts of a run's run.json that the panel shows, as the file has them. */
interface RunFile {
  readonly id: string;
  readonly state: string;
  readonly arguments: Readonly<Record<string, Json>>;
  readonly tasks: readonly {
    readonly path: string;
    readonly state: string;
    readonly cachedFrom: string | null;
    readonly metrics: Readonly<Record<string, Readonly<Record<string, Json>>>>;
    readonly artifacts: readonly {
      readonly name: string;
      readonly metadata: Readonly<Record<string, Json>>;
    }[];
  }[];
}

interface Matrix {
  readonly annotationSpecs: readonly { readonly displayName: string }[];
  readonly rows: readonly { readonly row: readonly number[] }[];
}

/** Shows a run in the panel and holds every figure of it to the run's own file, read here by itself. */
export async function samePanelFigures(panel: PanelPage, run: Run, home: string): Promise<void> {
  const file = await runFile(home, run);
  await panel.send(...messagesFor(run));
  const { page } = panel;
  expect(await page.locator('h1').innerText()).toBe(file.id);
  expect(await page.locator('.state').innerText()).toBe(file.state);
  expect(await cells(panel, 'Parameters')).toEqual(
    Object.entries(file.arguments).map(([name, value]) => [name, shown(value)]),
  );
  expect(await taskStates(panel)).toEqual(
    file.tasks.map(({ path: task, state, cachedFrom }) => [task, cachedFrom === null ? state : 'cached']),
  );
  const metrics = file.tasks.flatMap((task) =>
    Object.values(task.metrics).flatMap((all) => Object.entries(all)),
  );
  const exact = page.locator('.metric .value');
  expect(await exact.evaluateAll((all) => all.map((element) => element.getAttribute('data-exact')))).toEqual(
    metrics.map(([, value]) => (typeof value === 'string' ? value : JSON.stringify(value))),
  );
  expect(await page.locator('.metric .name').allInnerTexts()).toEqual(metrics.map(([name]) => name));
  expect(await matrices(panel)).toEqual(matricesOf(file));
}

async function runFile(home: string, { number }: Run): Promise<RunFile> {
  return JSON.parse(await readFile(path.join(home, 'runs', String(number), 'run.json'), 'utf8')) as RunFile;
}

async function cells({ page }: PanelPage, section: string): Promise<readonly (readonly string[])[]> {
  const rows = page.getByRole('region', { name: section, exact: true }).locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent.trim())),
  );
}

async function taskStates({ page }: PanelPage): Promise<readonly (readonly [string, string])[]> {
  return page.locator('.tasks tbody tr').evaluateAll((all) =>
    all.map((row): [string, string] => {
      const [word = ''] = (row.children[1]?.textContent ?? '').trim().split(/\s/);
      return [row.getAttribute('data-task') ?? '', word === 'waiting' ? 'pending' : word];
    }),
  );
}

/** Each matrix as the panel's table has it: a row of labels, then a row for each class. */
async function matrices({ page }: PanelPage): Promise<readonly unknown[]> {
  return page
    .locator('table.matrix')
    .evaluateAll((all) =>
      all.map((table) =>
        [...table.querySelectorAll('tr')].map((row) =>
          [...row.children].slice(1).map((cell) => cell.textContent),
        ),
      ),
    );
}

function matricesOf({ tasks }: RunFile): readonly unknown[] {
  return tasks
    .flatMap((task) => task.artifacts)
    .flatMap(({ metadata }) =>
      metadata['confusionMatrix'] === undefined ? [] : [metadata['confusionMatrix']],
    )
    .map((json) => {
      const { annotationSpecs, rows } = json as unknown as Matrix;
      return [annotationSpecs.map((spec) => spec.displayName), ...rows.map(({ row }) => row.map(String))];
    });
}

/** A text as it is, everything else as JSON with spaces. */
function shown(value: Json): string {
  if (typeof value === 'string' && value !== '') return value;
  return spaced(value);
}

function spaced(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}: ${spaced(inner as Json)}`)
    .join(', ')}}`;
}
