import { PreviewResult } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type Globals, globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import type { PreviewOptions, Proposed } from "./over-option.ts";
import { previewOfDesk, previewOfJob } from "./preview-desk.ts";
import { writePreview } from "./write-preview.ts";

/** Which preview: of what stands in a file, or one that was begun before. */
export interface PreviewAsked {
  readonly path: string | undefined;
  readonly options: PreviewOptions;
  /** Reads what is proposed; throws a Failure. */
  readonly read: (path: string) => Promise<Proposed>;
}

/** Previews what is proposed over the desk's cases or those of an export, and shows what came out. Throws a Failure. */
export async function showPreview(world: World, command: Command, asked: PreviewAsked): Promise<void> {
  const globals = globalsOf(command, world.env);
  const moments = momentsIn(globals.zone ?? world.zone);
  const result = await previewed(world, globals, nameOf(command), asked);
  show(world, globals.json, z.encode(PreviewResult, result), () => writePreview(world, result, moments));
}

async function previewed(
  world: World,
  globals: Globals,
  name: string,
  { path, options, read }: PreviewAsked,
): Promise<PreviewResult> {
  const { export: directory, job, over: days, every } = options;
  if ((path === undefined) === (job === undefined)) {
    throw new Failure(
      "Of what? Give a file, or --job with the id of a preview that was begun, one of them.",
      EXIT.usage,
    );
  }
  if (path === undefined)
    return previewOfJob(world, connectToDesk(world, globals).client, String(job), { command: name, every });

  const { proposal, check } = await read(path);
  if (directory === undefined) {
    const { client } = connectToDesk(world, globals);
    return previewOfDesk(world, client, { proposal, days }, { command: name, every });
  }
  // What reads an export takes a while to load: other commands do not wait for it.
  const { previewExport } = await import("./preview-export.ts");
  return previewExport(world, { directory, days }, (inForce) => {
    check(inForce, world.now());
    return proposal;
  });
}

/** "policy preview": how the command was called, without the program's name. */
function nameOf(command: Command): string {
  return `${command.parent?.name()} ${command.name()}`;
}
