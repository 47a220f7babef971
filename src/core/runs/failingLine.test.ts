import { describe, expect, it } from 'vitest';
import { failingLine } from './failingLine.ts';

const file = `from kfp import dsl


@dsl.component(
    packages_to_install=["pandas"],
)
def train(column: str) -> float:
    total = 0.0
    for row in rows:
        total += row[column]

    def mean(n):
        return total / n

    return mean(0)


def other():
    total += row[column]
`;
const error = { function: 'train', offset: 3, text: 'total += row[column]' };

describe('the failing line', () => {
  it('is counted from the def, below any decorators', () => {
    expect(failingLine(file, error)).toEqual({ line: 10, changed: false });
  });

  it('moves with lines added above its function', () => {
    expect(failingLine(`# one\n# two\n${file}`, error)).toEqual({ line: 12, changed: false });
  });

  it('moves with lines added above it in its function', () => {
    expect(failingLine(file.replace('    total = 0.0\n', '    # zero\n    total = 0.0\n'), error)).toEqual({
      line: 11,
      changed: false,
    });
  });

  it('is counted from the outer def in a nested function', () => {
    const inner = { function: 'mean', offset: 6, text: 'return total / n' };
    expect(failingLine(file, inner)).toEqual({ line: 13, changed: false });
    const { offset: _, ...unknown } = inner;
    expect(failingLine(file, unknown)).toEqual({ line: 13, changed: false });
  });

  it('is in the last of two functions with the same name', () => {
    const twice = `${file}\n\n${file}`;
    expect(failingLine(twice, error)).toEqual({ line: file.split('\n').length + 1 + 10, changed: false });
  });

  it('is not guessed when its text was changed or occurs twice elsewhere', () => {
    expect(failingLine(file.replace('        total += row[column]', '        total += 1'), error)).toEqual({
      line: 7,
      changed: true,
    });
    const twice = file.replace(
      '        total += row[column]',
      '        pass\n        total += row[column]\n        total += row[column]',
    );
    expect(failingLine(twice, error)).toEqual({ line: 7, changed: true });
  });

  it('is found in async functions and in files with carriage returns', () => {
    const text = file.replace('def train', 'async def train').replaceAll('\n', '\r\n');
    expect(failingLine(text, error)).toEqual({ line: 10, changed: false });
  });

  it('is undefined when the function is gone or unknown', () => {
    expect(failingLine('def another():\n    pass\n', error)).toBeUndefined();
    expect(failingLine(file, { text: error.text })).toBeUndefined();
  });
});
