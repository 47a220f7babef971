import { expect, it } from 'vitest';
import { KubeflowApi } from './api.ts';
import { pipelinePage } from './pipelinePages.ts';

const signal = new AbortController().signal;

/** A server for several users with the pipelines of each namespace; those of '' are shared. Its tokens are offsets. */
function serverWith(pipelines: { readonly [namespace: string]: readonly string[] }, refusesShared = false) {
  const fetchWith: typeof fetch = async (input) => {
    const { searchParams: query } = new URL(input as string);
    const namespace = query.get('namespace') ?? '';
    if (namespace === '' && refusesShared) return Response.json({ error: 'no' }, { status: 403 });
    const all = pipelines[namespace] ?? [];
    const from = Number(query.get('page_token') ?? 0);
    const to = from + Number(query.get('page_size'));
    return Response.json({
      pipelines: all.slice(from, to).map((name) => ({
        pipeline_id: name,
        name,
        ...(namespace === '' ? {} : { namespace }),
      })),
      total_size: all.length,
      ...(to < all.length ? { next_page_token: String(to) } : {}),
    });
  };
  return (namespace?: string) =>
    new KubeflowApi(
      { name: 'C', address: 'http://127.0.0.1:1', ...(namespace === undefined ? {} : { namespace }) },
      { fetchWith },
    );
}

/** The names of every page. */
async function pages(api: KubeflowApi, size: number): Promise<readonly (readonly string[])[]> {
  const read: string[][] = [];
  for (let token: string | undefined; ;) {
    const page = await pipelinePage(api, token, size, signal);
    read.push(page.pipelines.map(({ name = '' }) => name));
    token = page.next;
    if (token === undefined) return read;
  }
}

it.each([
  [2, [['a', 'b'], ['c', 's'], ['t']]],
  [
    3,
    [
      ['a', 'b', 'c'],
      ['s', 't'],
    ],
  ],
  [10, [['a', 'b', 'c', 's', 't']]],
])('in pages of %i, the shared pipelines come after those of the namespace', async (size, expected) => {
  const server = serverWith({ team: ['a', 'b', 'c'], '': ['s', 't'] });
  expect(await pages(server('team'), size)).toEqual(expected);
});

it('counts both', async () => {
  const server = serverWith({ team: ['a'], '': ['s', 't'] });
  expect((await pipelinePage(server('team'), undefined, 2, signal)).total).toBe(3);
});

it('shows the shared ones to somebody who has none', async () => {
  expect(await pages(serverWith({ '': ['s'] })('team'), 5)).toEqual([['s']]);
});

it('lists nothing twice on a server that has no namespaces', async () => {
  const server = serverWith({ '': ['s', 't'] });
  expect(await pages(server(), 5)).toEqual([['s', 't']]);
  const forOneUser = serverWith({ '': ['s', 't'] });
  const api = forOneUser('team');
  const same: typeof fetch = async () => Response.json({ pipelines: [{ pipeline_id: 's', name: 's' }] });
  expect(await pages(new KubeflowApi(api.endpoint, { fetchWith: same }), 5)).toEqual([['s']]);
});

it('lists those of the namespace where the server shows no shared ones', async () => {
  expect(await pages(serverWith({ team: ['a'] }, true)('team'), 5)).toEqual([['a']]);
});
