import { type Instant, type Principal, plus } from "@ithaca/domain";
import { describe, expect, test, vi } from "vitest";
import { START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import { cachedDirectory, DIRECTORY_KEPT_MS } from "./cached-directory.ts";

const PORTAL: Principal = { kind: "channel", id: "prin_portal", name: "Portal", channels: ["portal"] };

function openDirectory() {
  let now: Instant = START;
  const { directory } = openMemoryStore({ clock: () => now, random: () => 0, shipped: exampleRules() });
  const read = vi.spyOn(directory, "principalOfSubject");
  return {
    directory,
    read,
    cached: cachedDirectory(directory, () => now),
    pass: (ms: number) => {
      now = plus(now, ms);
    },
  };
}

describe("when a principal is asked for again", () => {
  test("within 30 seconds nothing is read, and after them a change shows", async () => {
    const { directory, cached, read, pass } = openDirectory();
    await directory.putPrincipal(PORTAL);
    await directory.bindSubject("sub-1", PORTAL.id);
    await cached.principalOfSubject("sub-1");
    await directory.putPrincipal({ ...PORTAL, channels: [] });

    pass(DIRECTORY_KEPT_MS - 1);
    expect(await cached.principalOfSubject("sub-1")).toEqual(PORTAL);
    expect(read).toHaveBeenCalledTimes(1);
    pass(1);
    expect(await cached.principalOfSubject("sub-1")).toMatchObject({ channels: [] });
    expect(read).toHaveBeenCalledTimes(2);
  });

  test("whoever called is known by their id too", async () => {
    const { directory, cached } = openDirectory();
    const byId = vi.spyOn(directory, "principal");
    await directory.putPrincipal(PORTAL);
    await directory.bindSubject("sub-1", PORTAL.id);
    await cached.principalOfSubject("sub-1");
    expect(await cached.principal(PORTAL.id)).toEqual(PORTAL);
    expect(byId).not.toHaveBeenCalled();
  });

  test("whoever was not there is found as soon as they are", async () => {
    const { directory, cached } = openDirectory();
    expect(await cached.principalOfSubject("sub-1")).toBeUndefined();
    await directory.putPrincipal(PORTAL);
    await directory.bindSubject("sub-1", PORTAL.id);
    expect(await cached.principalOfSubject("sub-1")).toEqual(PORTAL);
  });
});
