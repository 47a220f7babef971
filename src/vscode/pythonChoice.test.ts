import { describe, expect, it } from 'vitest';
import { createPythonChoice } from './pythonChoice.ts';

const never = new AbortController().signal;

async function choice(sources: { trusted?: boolean; chosen?: string; selected?: string }) {
  let asked = 0;
  const chosen = await createPythonChoice({
    trusted: () => sources.trusted ?? true,
    chosen: () => sources.chosen,
    selected: () => {
      asked += 1;
      return Promise.resolve(sources.selected);
    },
  }).candidates(never);
  return { paths: chosen.map(({ path }) => path), asked };
}

describe('the choice of the Python', () => {
  it('is the setting’s, else the Python extension’s, else that of the PATH', async () => {
    expect((await choice({ chosen: '/a/python', selected: '/b/python' })).paths).toEqual(['/a/python']);
    expect((await choice({ selected: '/b/python' })).paths[0]).toBe('/b/python');
    expect((await choice({})).paths).toContain('python');
  });

  it('does not ask the Python extension in Restricted Mode', async () => {
    const { paths, asked } = await choice({ trusted: false, selected: '/b/python' });
    expect(asked).toBe(0);
    expect(paths).not.toContain('/b/python');
    expect((await choice({ trusted: false, chosen: '/a/python' })).paths).toEqual(['/a/python']);
  });
});
