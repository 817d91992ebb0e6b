import type { Command } from "commander";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import type { World } from "../world.ts";

/** Adds `ithaca policy lint`. */
export function addPolicyLint(policy: Command, world: World): void {
  policy
    .command("lint <file>")
    .description("say what is wrong with a policy, without asking a desk")
    .addHelpText(
      "after",
      `
The file is as "ithaca policy apply" takes it. Calendars that it does not bring along are those that ship. An error keeps
a policy from being applied, and ends the command with 1; a warning does neither.
Examples:
  ithaca policy lint policy.yaml
  ithaca policy lint policy.json --json`,
    )
    .action(async (path: string, _: object, command: Command) => {
      const [{ findingsOf }, { faultLine }] = await Promise.all([
        import("./policy-findings.ts"),
        import("./rules-file.ts"),
      ]);
      const findings = findingsOf(path, world.now());
      show(world, globalsOf(command, world.env).json, findings, () => {
        for (const { severity, code, ...fault } of findings) {
          world.out.write(`${severity} ${code} ${faultLine(path, { code, ...fault })}\n`);
        }
      });
      const errors = findings.filter(({ severity }) => severity === "error").length;
      if (errors > 0) throw new Failure(`${path} cannot be applied: ${errors} ${errors === 1 ? "error" : "errors"}.`);
    });
}
