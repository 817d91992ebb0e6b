import type { Command } from "commander";
import { PREVIEW_HELP, type PreviewOptions, type Proposed, withPreviewOptions } from "../what-if/over-option.ts";
import { showPreview } from "../what-if/show-preview.ts";
import type { World } from "../world.ts";

/** Adds `ithaca policy preview`. */
export function addPolicyPreview(policy: Command, world: World): void {
  withPreviewOptions(
    policy.command("preview [file]").description("see what a policy would have changed, before it does"),
  )
    .addHelpText(
      "after",
      `${PREVIEW_HELP}
The file is as "ithaca policy apply" takes it.
Examples:
  ithaca policy preview policy.json --over 90d
  ithaca policy preview --job prev_5f2a90
  ithaca policy preview policy.json --over 30d --export backup-2026-03-01 --json`,
    )
    .action((path: string | undefined, options: PreviewOptions, command: Command) =>
      showPreview(world, command, { path, options, read: readProposed }),
    );
}

async function readProposed(path: string): Promise<Proposed> {
  const { checkRules, readRulesFile } = await import("./rules-file.ts");
  const file = readRulesFile(path);
  const { policy, calendars } = file;
  return {
    proposal: { policy, ...(calendars !== undefined && calendars.length > 0 && { calendars }) },
    check: (inForce, now) => {
      const kept = inForce.calendars().map(({ calendar }) => calendar);
      checkRules(path, file, kept, now);
    },
  };
}
