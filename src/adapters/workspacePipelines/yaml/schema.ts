import { FAILSAFE_SCHEMA, Type } from 'js-yaml';

const integer =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const booleanText = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const nullText = /^(?:~|null|Null|NULL|)$/;

/**
 * What a text without quotes means to PyYAML's safe loader. A date stays the text that it is: PyYAML makes a `datetime`
 * of it, which neither a PipelineSpec nor JSON can hold. Other tags than these and those of texts, lists and maps are
 * refused.
 */
export const pyyamlSchema = FAILSAFE_SCHEMA.extend({
  implicit: [
    typeOf(
      'null',
      (text) => nullText.test(text ?? ''),
      () => null,
    ),
    typeOf('bool', matches(booleanText), (text) => /^(?:yes|true|on)$/i.test(text)),
    typeOf('float', matches(float), (text) => signed(text, floatOf)),
    typeOf('int', matches(integer), (text) => signed(text, integerOf)),
    typeOf(
      'merge',
      (text) => text === '<<',
      (text) => text,
    ),
  ],
});

function typeOf(
  name: string,
  resolve: (text: string | null) => boolean,
  construct: (text: string) => unknown,
): Type {
  return new Type(`tag:yaml.org,2002:${name}`, { kind: 'scalar', resolve, construct });
}

function matches(pattern: RegExp): (text: string | null) => boolean {
  return (text) => text !== null && pattern.test(text);
}

function signed(text: string, read: (digits: string) => number): number {
  const digits = text.replaceAll('_', '').toLowerCase();
  const value = read(digits.replace(/^[-+]/, ''));
  return digits.startsWith('-') && value !== 0 ? -value : value;
}

function integerOf(digits: string): number {
  if (digits.includes(':')) return ofBase60(digits);
  return Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

function floatOf(digits: string): number {
  if (digits === '.inf') return Number.POSITIVE_INFINITY;
  return digits.includes(':') ? ofBase60(digits) : Number(digits);
}

/** `1:30` is ninety. */
function ofBase60(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
