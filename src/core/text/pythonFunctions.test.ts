import { expect, it } from 'vitest';
import { pythonFunctions } from './pythonFunctions.ts';

const summaries = (text: string) =>
  pythonFunctions(text).map(({ name, top, line, end }) => `${name} ${top}-${line}-${end}`);

it('finds functions with their decorators and their bodies', () => {
  const text = `from kfp import dsl

@dsl.component(
    base_image="python:3.12",  # (
)
@other
def train(rows: int,
          depth: int):
    """Says

def nothing(): in a text
    """
    if rows:
        return [
  1,
]

    return 2


async  def later(): pass
x = 1
`;
  expect(summaries(text)).toEqual(['train 2-6-17', 'later 20-20-20']);
  expect(pythonFunctions(text)[0]?.decorators).toEqual(['@dsl.component(    base_image="",  )', '@other']);
});

it('finds functions in functions, classes and if statements', () => {
  const text =
    'class A:\n\tdef f(self):\n\t\tdef g():\n\t\t\tpass\n\t\treturn g\nif True:\n  def h(): \\\n    pass\n';
  expect(summaries(text)).toEqual(['f 1-1-4', 'g 2-2-3', 'h 6-6-7']);
  expect(pythonFunctions(text).map(({ around }) => around)).toEqual([[], [1], []]);
});

it('goes on after an unclosed bracket or quote', () => {
  expect(summaries("def a():\n    print(1\n\ndef b():\n    return 'x\n\ndef c(): pass\n")).toEqual([
    'a 0-0-2',
    'b 3-3-4',
    'c 6-6-6',
  ]);
});

it('is not misled by quotes in comments and strings', () => {
  expect(summaries('# don\'t\ndef a():\n    return "\\"" + \'#\' # "\n\ndef b(): pass\r\n')).toEqual([
    'a 1-1-2',
    'b 4-4-4',
  ]);
});
