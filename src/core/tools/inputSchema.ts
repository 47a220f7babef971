import * as z from 'zod';
import { isJsonObject, type JsonObject } from '../domain/json.ts';

const schemas = new WeakMap<z.ZodType, JsonObject>();

/**
 * The JSON schema (draft 7) of a tool's input: the same for `@mlops`, for the editor's agent mode, and where we name the fields.
 * Whole numbers have no bounds but those that we gave them.
 */
export function inputSchema(input: z.ZodType): JsonObject {
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const { $schema: _dialect, ...schema } = z.toJSONSchema(input, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const json: unknown = JSON.parse(JSON.stringify(schema));
  const made = isJsonObject(json) ? json : {};
  schemas.set(input, made);
  return made;
}
