import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod/mini";
import type { World } from "../world.ts";
import { configPath } from "./config-file.ts";

/** The version of each case that its agent looked at last: what they answer goes by what they have seen. */
export interface SeenVersions {
  of(number: string): number | undefined;
  remember(number: string, version: number): void;
}

/** So many cases are remembered, those that were looked at last. */
const REMEMBERED_MAX = 500;

const Seen = z.array(z.tuple([z.string(), z.int()]));

/** What the user of a profile has seen, kept beside the configuration. Losing it does no harm: cases are read first then. */
export function seenVersions({ env }: Pick<World, "env">, profile: string): SeenVersions {
  const path = join(dirname(configPath({ env })), `seen-${encodeURIComponent(profile)}.json`);
  return {
    of: (number) => new Map(readSeen(path)).get(number),
    remember: (number, version) => {
      const others = readSeen(path).filter(([one]) => one !== number);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const kept = [...others, [number, version]].slice(-REMEMBERED_MAX);
      writeFileSync(path, JSON.stringify(kept), { mode: 0o600 });
    },
  };
}

function readSeen(path: string): [string, number][] {
  if (!existsSync(path)) return [];
  try {
    const read = z.safeParse(Seen, JSON.parse(readFileSync(path, "utf8")));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
