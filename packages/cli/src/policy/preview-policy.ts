import { PreviewResult } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { PREVIEW_HELP, type PreviewOptions, withPreviewOptions } from "../what-if/over-option.ts";
import { writePreview } from "../what-if/write-preview.ts";
import type { World } from "../world.ts";

/** Adds `ithaca policy preview`. */
export function addPolicyPreview(policy: Command, world: World): void {
  withPreviewOptions(
    policy.command("preview <file>").description("see what a policy would have changed, before it does"),
  )
    .addHelpText(
      "after",
      `${PREVIEW_HELP}
The file is as "ithaca policy apply" takes it.
Examples:
  ithaca policy preview policy.json --over 90d --export backup-2026-03-01
  ithaca policy preview policy.json --over 30d --export backup-2026-03-01 --json`,
    )
    .action(async (path: string, options: PreviewOptions, command: Command) => {
      const globals = globalsOf(command, world.env);
      const moments = momentsIn(globals.zone ?? world.zone);
      const [{ checkRules, readRulesFile }, { previewExport }] = await Promise.all([
        import("./rules-file.ts"),
        import("../what-if/preview-export.ts"),
      ]);
      const file = readRulesFile(path);
      const asked = { directory: options.export, days: options.over };
      const result = await previewExport(world, asked, (inForce) => {
        const calendars = inForce.calendars().map(({ calendar }) => calendar);
        checkRules(path, file, calendars);
        return file;
      });
      show(world, globals.json, z.encode(PreviewResult, result), () => writePreview(world, result, moments));
    });
}
