import * as z from "zod/mini";
import type { Code } from "../text/code.ts";

/** Who did what a fact records: by id only, for facts carry no names. `system` is Ithaca itself. */
export const Actor = z.object({
  kind: z.enum(["person", "agent", "channel", "system"]),
  id: z.string().check(z.maxLength(64)),
});
export type Actor = z.infer<typeof Actor>;

/** Ithaca acting by itself; `function` is the function's name. */
export function system(functionName: Code): Actor {
  return { kind: "system", id: functionName };
}
