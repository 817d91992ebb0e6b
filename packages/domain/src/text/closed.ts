import * as z from "zod/mini";

/**
 * A schema that refuses what the given one passes over: a field that no object of it knows, however deep. For what people
 * write by hand, where a misspelt condition would match everything. What it takes, and its checks, are otherwise the same.
 */
export function closed<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  const def = schema._zod.def as z.core.$ZodTypeDef & Parts;
  switch (def.type) {
    case "object": {
      const shape = Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, field]) => [name, closed(field)]));
      return rebuilt(schema, { shape, catchall: z.never() });
    }
    case "array":
      return rebuilt(schema, { element: def.element && closed(def.element) });
    case "union":
      return rebuilt(schema, { options: def.options?.map(closed) });
    case "optional":
    case "nullable":
    case "default":
      return rebuilt(schema, { innerType: def.innerType && closed(def.innerType) });
    default:
      return schema;
  }
}

/** The parts of a schema that are schemas themselves. */
interface Parts {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
}

function rebuilt<Schema extends z.core.$ZodType>(schema: Schema, parts: object): Schema {
  return z.clone(schema, { ...schema._zod.def, ...parts } as Schema["_zod"]["def"]);
}
