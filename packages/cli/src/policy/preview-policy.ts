import type { Command } from "commander";
import { PREVIEW_HELP, type PreviewOptions, withPreviewOptions } from "../what-if/over-option.ts";
import { showPreview } from "../what-if/show-preview.ts";
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
      const { checkRules, readRulesFile } = await import("./rules-file.ts");
      const file = readRulesFile(path);
      await showPreview(world, command, options, (inForce) => {
        const calendars = inForce.calendars().map(({ calendar }) => calendar);
        checkRules(path, file, calendars);
        return file;
      });
    });
}
