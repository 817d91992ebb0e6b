import { EFFECT_EVENTS, FACT_EVENTS } from "../events/announce.ts";
import { EVENT_SOURCE } from "../events/define-event.ts";
import { type JsonSchema, jsonSchema } from "./json-schema.ts";

/** The events of the bus as JSON Schema, by detail-type: what `events.json` holds. */
export function eventSchemas(): { source: string; details: Record<string, JsonSchema> } {
  const events = [...Object.values(FACT_EVENTS), ...Object.values(EFFECT_EVENTS)].sort((a, b) =>
    a.type < b.type ? -1 : 1,
  );
  return {
    source: EVENT_SOURCE,
    details: Object.fromEntries(events.map((event) => [event.type, jsonSchema(event.detail)])),
  };
}
