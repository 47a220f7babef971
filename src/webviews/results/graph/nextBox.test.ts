import { expect, it } from 'vitest';
import { type Direction, nextBox } from './nextBox.ts';

const box = (id: string, x: number, y: number, width = 200, height = 48) => ({ id, x, y, width, height });
//  top
//  left   group (in it: inner)   right
const boxes = [
  box('top', 300, 0),
  box('left', 0, 100),
  box('group', 290, 100, 220, 120),
  box('inner', 300, 140),
  box('right', 600, 100),
];
const walk = (from: string, ...directions: readonly Direction[]) =>
  directions.reduce((at, direction) => nextBox(boxes, at, direction) ?? at, from);

it('leads to the nearest box in the direction of the key', () => {
  expect(walk('top', 'ArrowDown')).toBe('group');
  expect(walk('group', 'ArrowDown')).toBe('inner');
  expect(walk('inner', 'ArrowUp', 'ArrowUp')).toBe('top');
  expect(walk('group', 'ArrowRight')).toBe('right');
  expect(walk('right', 'ArrowLeft', 'ArrowLeft')).toBe('left');
});

it('leads into a wide group, and out of it by its head', () => {
  const wide = [
    box('above', 400, 0),
    box('group', 0, 100, 1000, 200),
    ...[0, 1, 2, 3].map((at) => box(`in-${at}`, 10 + at * 240, 140)),
    box('below', 400, 400),
  ];
  const at = (from: string, direction: Direction) => nextBox(wide, from, direction);
  expect(at('group', 'ArrowDown')).toBe('in-2');
  expect(at('in-3', 'ArrowUp')).toBe('group');
  expect(at('in-0', 'ArrowDown')).toBe('below');
  expect(at('in-2', 'ArrowRight')).toBe('in-3');
});

it('stays where there is nothing in that direction, and begins at the first box', () => {
  expect(nextBox(boxes, 'top', 'ArrowUp')).toBeUndefined();
  expect(nextBox(boxes, 'gone', 'ArrowDown')).toBe('top');
});
