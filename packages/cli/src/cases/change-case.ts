import type { ChangeTerms, Client } from "@ithaca/client";
import { spokenNumber } from "@ithaca/domain";
import { type JsonChoice, show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import type { World } from "../world.ts";
import type { ChangedCaseJson } from "./case-json.ts";
import { fromNow } from "./due-text.ts";

/** One change of one case. */
export interface Change {
  readonly number: string;
  /** What was done, for the line that says so: "answered". */
  readonly done: string;
  /** The version that the caller looked at; without it, the case is read first. */
  readonly ifVersion?: number | undefined;
  make(client: Client, number: string, terms: ChangeTerms): Promise<ChangedCaseJson>;
}

/** Changes a case as it was read: if somebody else changed it meanwhile, nothing is done and the command says what. */
export async function changeCase(
  world: World,
  client: Client,
  change: Change,
  view: { json: JsonChoice; moments: Moments },
): Promise<void> {
  const { number } = change;
  const ifVersion = change.ifVersion ?? (await client.cases.read(number)).version;
  const changed = await change.make(client, number, { ifVersion });

  show(world, view.json, changed, ({ case: now }) => {
    const due =
      now.dueAt === undefined
        ? ""
        : `, due ${view.moments.dateAndTime(now.dueAt)} (${fromNow(now.dueAt, world.now())})`;
    const state = [now.status, now.priority, now.team, now.assigneeId].filter((part) => part !== undefined).join(" · ");
    world.out.write(`${spokenNumber(number)} ${change.done}: ${state}${due}\n`);
  });
}
