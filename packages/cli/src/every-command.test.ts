import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runIn } from "./fake-world.ts";

const JOURNEYS = join(import.meta.dirname, "../../../test/journeys");

const NO_DESK = "reads files alone, no desk: packages/cli's own tests run the whole of it";

/** Commands that no journey names, each with the reason. One that gets a journey is taken off. */
const WITHOUT_JOURNEY: Readonly<Record<string, string>> = {
  "calendar vectors": NO_DESK,
};

/** The commands that do something, as the shells complete them. */
async function commands(): Promise<string[]> {
  const { out } = await runIn(["completion", "bash"]);
  return [...out.matchAll(/^ +"([^"]+)"\|"\1 "\*\) next=/gm)].flatMap(([, path]) => path ?? []);
}

function isRunIn(journeys: string, command: string): boolean {
  const words = command.split(" ").map((word) => `"${word}"`);
  return new RegExp(`[([]\\s*${words.join(",\\s*")}`).test(journeys);
}

describe("each command", () => {
  test("is run in a journey, or there is a reason why not", async () => {
    const all = await commands();
    expect(all.length).toBeGreaterThan(50);
    const files = readdirSync(JOURNEYS).filter((name) => name.endsWith(".ts"));
    const journeys = files.map((name) => readFileSync(join(JOURNEYS, name), "utf8")).join("\n");
    const missing = all.filter((command) => !isRunIn(journeys, command));
    expect(missing.sort()).toEqual(Object.keys(WITHOUT_JOURNEY).sort());
  });
});
