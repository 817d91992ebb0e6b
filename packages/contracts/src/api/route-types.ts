import type * as z from "zod/mini";
import type { RouteId, Routes } from "./routes.ts";

type SchemaAt<Id extends RouteId, Part extends string> = Routes[Id] extends { readonly [P in Part]: infer Schema }
  ? Extract<Schema, z.ZodMiniType>
  : never;

type InMemory<Schema> = [Schema] extends [never] ? undefined : z.output<Schema>;
type InJson<Schema> = [Schema] extends [never] ? undefined : z.input<Schema>;

type AnswerSchema<Id extends RouteId> = Routes[Id]["responses"][keyof Routes[Id]["responses"]] extends {
  readonly body: infer Schema;
}
  ? Schema
  : never;

/** A route's body as a function has it: decoded, instants as epoch milliseconds. */
export type BodyOf<Id extends RouteId> = InMemory<SchemaAt<Id, "body">>;
export type ParamsOf<Id extends RouteId> = InMemory<SchemaAt<Id, "params">>;
export type QueryOf<Id extends RouteId> = InMemory<SchemaAt<Id, "query">>;
export type HeadersOf<Id extends RouteId> = InMemory<SchemaAt<Id, "headers">>;
/** A route's answer as a function gives it, before it is encoded. */
export type AnswerOf<Id extends RouteId> = InMemory<AnswerSchema<Id>>;

/** The same as a caller has them: as JSON, instants as ISO 8601. */
export type JsonBodyOf<Id extends RouteId> = InJson<SchemaAt<Id, "body">>;
export type JsonParamsOf<Id extends RouteId> = InJson<SchemaAt<Id, "params">>;
export type JsonQueryOf<Id extends RouteId> = InJson<SchemaAt<Id, "query">>;
export type JsonAnswerOf<Id extends RouteId> = InJson<AnswerSchema<Id>>;
