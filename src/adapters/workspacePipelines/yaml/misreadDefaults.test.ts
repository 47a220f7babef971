import { expect, it } from 'vitest';
import { readPipelineFile } from '../readPipelineFile.ts';

/** What is said of a parameter of this type with this default, as it is written. */
function notesOn(type: string, written: string, name = 'mode'): readonly string[] {
  const text = `pipelineInfo: {name: x}
root:
  dag: {tasks: {}}
  inputDefinitions:
    parameters:
      other: {parameterType: STRING, defaultValue: '1'}
      ${name}:
        defaultValue: ${written}
        parameterType: ${type}
`;
  const document = readPipelineFile(text);
  if (document.kind !== 'pipeline') throw new Error(JSON.stringify(document));
  return (document.specification.remarks ?? []).map(({ message, hint }) => `${message} ${hint ?? ''}`);
}

const quote = 'not as a text: it has no quotes. Put it in quotes to keep the text.';

it.each([
  ['STRING', 'no', `The default of mode, no, was read as false, ${quote}`],
  ['STRING', '010 # the eighth', `The default of mode, 010, was read as 8, ${quote}`],
  ['STRING', '1:30', `The default of mode, 1:30, was read as 90, ${quote}`],
  ['STRING', '1.10', `The default of mode, 1.10, was read as 1.1, ${quote}`],
  [
    'NUMBER_DOUBLE',
    '1e3',
    'The default of mode, 1e3, was read as the text "1e3" and is taken as a number here. Write a number as YAML has it: 1000, 0.5 or 1.0e+3.',
  ],
  [
    'NUMBER_INTEGER',
    'yes',
    'The default of mode, yes, was read as true, which is no number. Write a number as YAML has it: 1000, 0.5 or 1.0e+3.',
  ],
  [
    'BOOLEAN',
    'y',
    'The default of mode, y, was read as "y", which is neither true nor false. Write true or false.',
  ],
])('a default of type %s written %s gets a note', (type, written, wanted) => {
  expect(notesOn(type, written)).toEqual([wanted]);
});

it.each([
  ['STRING', "'no'"],
  ['STRING', '"010"'],
  ['STRING', '1e3'],
  ['STRING', '2026-11-27'],
  ['NUMBER_INTEGER', '3.0'],
  ['NUMBER_DOUBLE', '1'],
  ['BOOLEAN', 'no'],
  ['LIST', '[no, 1]'],
  ['STRUCT', '{a: no}'],
])('a default of type %s written %s means what is declared', (type, written) => {
  expect(notesOn(type, written)).toEqual([]);
});

it('does not show the value of a secret', () => {
  expect(notesOn('STRING', '0123', 'password')).toEqual([
    `The default of password was read as ••••, ${quote}`,
  ]);
  expect(notesOn('NUMBER_DOUBLE', "'1234'", 'password').join()).not.toContain('1234');
});

it('names what a default was read as when it shares its line or is in JSON', () => {
  const parameter = '{"parameterType": "STRING", "defaultValue": false}';
  const root = `{"dag": {"tasks": {}}, "inputDefinitions": {"parameters": {"a": ${parameter}, "b": ${parameter}}}}`;
  const document = readPipelineFile(`{"pipelineInfo": {"name": "x"}, "root": ${root}}`);
  const messages =
    document.kind === 'pipeline' ? document.specification.remarks?.map(({ message }) => message) : [];
  expect(messages?.[0]).toBe('The default of a was read as false, not as a text: it has no quotes.');
});
