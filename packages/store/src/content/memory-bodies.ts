import type { Bodies } from "../ports/content.ts";

/** Long texts in memory. */
export function memoryBodies(): Bodies {
  const texts = new Map<string, string>();
  return {
    put: async (key, text) => {
      texts.set(key, text);
    },
    get: async (key) => texts.get(key),
  };
}
