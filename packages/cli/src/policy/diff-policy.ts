import type { Command } from "commander";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { type StackOption, withStack } from "../ops/stack-option.ts";
import { show } from "../output/json.ts";
import { printableLine } from "../output/printable.ts";
import type { World } from "../world.ts";
import { rulesOf } from "./desk-rules.ts";

/** Adds `ithaca policy diff`. */
export function addPolicyDiff(policy: Command, world: World): void {
  withStack(policy.command("diff <before> [after]").description("say in words what an edit changes"), world)
    .addHelpText(
      "after",
      `
Each side is a file or the number of a version; one alone is compared with what is in force. Of two files no desk is asked.
Calendars are compared that a file brings along. Ends with 0 when both say the same, and with 1 when they differ.
Examples:
  ithaca policy diff policy.yaml
  ithaca policy diff 3 policy.yaml
  ithaca policy diff before.yaml after.yaml --json`,
    )
    .action(async (first: string, second: string | undefined, { stack }: StackOption, command: Command) => {
      const [{ comparedRules, isVersion }, { diffRules }] = await Promise.all([
        import("./compared-rules.ts"),
        import("@ithaca/policy/diff"),
      ]);
      const [before, after] = second === undefined ? [undefined, first] : [first, second];
      const needsDesk = isVersion(before) || isVersion(after);
      const desk = needsDesk ? { rules: await rulesOf(world, command, stack), now: world.now() } : undefined;
      const changes = diffRules(...(await comparedRules(before, after, desk)));
      show(world, globalsOf(command, world.env).json, changes, () => {
        for (const { words } of changes) world.out.write(`${printableLine(words)}\n`);
      });
      if (changes.length > 0) {
        throw new Failure(`They differ in ${changes.length} ${changes.length === 1 ? "thing" : "things"}.`);
      }
    });
}
