import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { own } from '../domain/own.ts';

/** Any JSON value in an input. Its schema is `{}`: agent mode turns values below a recursive schema into texts. */
export const anyJson = z.unknown().refine((value) => z.json().safeParse(value).success) as z.ZodType<
  Json,
  Json
>;

const read = new WeakMap<z.ZodType, JsonObject>();
const offered = new WeakMap<z.ZodType, JsonObject>();

/**
 * The JSON schema (draft 7) of a tool's input: the same for `@mlops`, for the editor's agent mode, and where we name the fields.
 * Fields that are marked as deprecated are read, but not offered.
 */
export function inputSchema(input: z.ZodType): JsonObject {
  return remembered(offered, input, () => {
    const schema = readSchema(input);
    const properties = own(schema, 'properties');
    if (!isJsonObject(properties)) return schema;
    const kept = Object.entries(properties).filter(([, field]) => !isDeprecated(field));
    return { ...schema, properties: Object.fromEntries(kept) };
  });
}

/** The schema of every field that is read. Whole numbers have no bounds but those that we gave them. */
export function readSchema(input: z.ZodType): JsonObject {
  return remembered(read, input, () => {
    const { $schema: _dialect, ...schema } = z.toJSONSchema(input, {
      target: 'draft-7',
      io: 'input',
      override: ({ jsonSchema }) => {
        delete jsonSchema.propertyNames;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    });
    const json: unknown = JSON.parse(JSON.stringify(schema));
    return isJsonObject(json) ? json : {};
  });
}

const isDeprecated = (field: Json) => isJsonObject(field) && own(field, 'deprecated') === true;

function remembered(
  schemas: WeakMap<z.ZodType, JsonObject>,
  input: z.ZodType,
  make: () => JsonObject,
): JsonObject {
  const known = schemas.get(input);
  if (known !== undefined) return known;
  const made = make();
  schemas.set(input, made);
  return made;
}
