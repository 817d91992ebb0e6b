import type { JsonAnswerOf } from "@ithaca/client";
import { type JsonChoice, show } from "../output/json.ts";
import { printableLine } from "../output/printable.ts";
import type { World } from "../world.ts";
import type { DeskConnection } from "./connect-to-desk.ts";

/** Says who is signed in. */
export async function whoAmI(world: World, { client }: DeskConnection, json: JsonChoice): Promise<void> {
  show(world, json, await client.self(), (self) => world.out.write(`${describeSelf(self)}\n`));
}

function describeSelf(self: JsonAnswerOf<"read-self">): string {
  switch (self.kind) {
    case "agent":
      return printableLine(
        `${self.name} (${self.id}), ${self.role} of ${self.teams.join(" and ") || "no team"}, ${self.address}`,
      );
    case "customer":
      return `customer ${self.personId} (${self.id})${self.accountId === undefined ? "" : ` of ${self.accountId}`}`;
    case "channel":
      return printableLine(`${self.name} (${self.id}), writes for ${self.channels.join(", ")}`);
  }
}
