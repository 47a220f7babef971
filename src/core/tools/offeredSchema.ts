import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';

const unsaid = ['minLength', 'maxLength', 'minItems'];

/**
 * A schema as a model is offered it with each request: without what costs tokens and changes no call, since a call that does
 * not fit is refused with the reason.
 */
export function offeredSchema({ additionalProperties: _closed, ...schema }: JsonObject): JsonObject {
  const properties = own(schema, 'properties');
  if (!isJsonObject(properties)) return schema;
  const fields = Object.entries(properties).map(([name, field]) => [name, offeredField(field)] as const);
  return { ...schema, properties: Object.fromEntries(fields) };
}

function offeredField(field: Json): Json {
  if (!isJsonObject(field)) return field;
  return Object.fromEntries(Object.entries(field).filter(([name]) => !unsaid.includes(name)));
}
