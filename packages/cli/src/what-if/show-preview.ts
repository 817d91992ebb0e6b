import { PreviewResult, type Proposal, type Rulebook } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import type { World } from "../world.ts";
import type { PreviewOptions } from "./over-option.ts";
import { writePreview } from "./write-preview.ts";

/** Previews what is proposed over an export, and shows what came out. Throws as `previewExport` and `propose` do. */
export async function showPreview(
  world: World,
  command: Command,
  options: PreviewOptions,
  propose: (inForce: Rulebook) => Proposal,
): Promise<void> {
  const globals = globalsOf(command, world.env);
  const moments = momentsIn(globals.zone ?? world.zone);
  // What reads an export takes a while to load: other commands do not wait for it.
  const { previewExport } = await import("./preview-export.ts");
  const result = await previewExport(world, { directory: options.export, days: options.over }, propose);
  show(world, globals.json, z.encode(PreviewResult, result), () => writePreview(world, result, moments));
}
