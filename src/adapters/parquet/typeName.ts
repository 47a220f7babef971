import type { SchemaElement, SchemaTree } from 'hyparquet';
import { own } from '../../core/domain/own.ts';

const plain: Readonly<Record<string, string>> = {
  BOOLEAN: 'bool',
  INT32: 'int32',
  INT64: 'int64',
  INT96: 'time',
  FLOAT: 'float',
  DOUBLE: 'double',
  BYTE_ARRAY: 'bytes',
  FIXED_LEN_BYTE_ARRAY: 'bytes',
};
const logical: Readonly<Record<string, string>> = {
  STRING: 'text',
  UTF8: 'text',
  ENUM: 'text',
  JSON: 'JSON',
  UUID: 'UUID',
  DATE: 'date',
  TIMESTAMP: 'time',
  TIMESTAMP_MILLIS: 'time',
  TIMESTAMP_MICROS: 'time',
  DECIMAL: 'decimal',
  MAP: 'map',
  LIST: 'list',
};

/** The type of a column in words: "int64", "text", "list of struct". */
export function typeName({ element, children }: SchemaTree): string {
  const name = children.length === 0 ? leafName(element) : (annotated(element) ?? 'struct');
  return element.repetition_type === 'REPEATED' ? `list of ${name}` : name;
}

function leafName(element: SchemaElement): string {
  return annotated(element) ?? entry(plain, element.type) ?? String(element.type).toLowerCase();
}

function annotated({ logical_type, converted_type }: SchemaElement): string | undefined {
  return entry(logical, logical_type?.type) ?? entry(logical, converted_type);
}

const entry = (names: Readonly<Record<string, string>>, name: string | undefined) =>
  name === undefined ? undefined : own(names, name);
