import { MINUTE_MS, SECOND_MS } from "@ithaca/domain";
import { chanceOf } from "../world/chance.ts";
import type { SentMail } from "../world/mail.ts";
import type { World } from "../world/world.ts";
import type { Cast } from "./cast.ts";
import type { Acting, Story } from "./operation.ts";
import { operationOf } from "./operations.ts";

interface RobotWorld {
  readonly seed: number;
  readonly world: World;
  readonly cast: Cast;
  readonly actingOn: (story: Story, step: number) => Acting;
  /** The case that a mail is about, by its effect. */
  readonly caseOf: (effectId: string) => string | undefined;
}

/** Stories of robots have numbers that no other story has. */
const FIRST_STORY = 1_000_000;

/** Machines that answer every mail that some customers get. */
export function openRobots({ seed, world, cast, actingOn, caseOf }: RobotWorld) {
  const owners = [...cast.customers, ...cast.strangers].filter(({ hasRobot }) => hasRobot);
  let answers = 0;

  return {
    onMail({ to, effectId }: SentMail): void {
      const customer = owners.find(({ address }) => address === to);
      const number = caseOf(effectId)?.replace("case_", "");
      if (customer === undefined || number === undefined) return;
      answers += 1;
      const story: Story = {
        id: FIRST_STORY + answers,
        customer,
        channel: "email",
        priority: undefined,
        steps: [],
        number,
        sent: 0,
      };
      const restMs = chanceOf(seed, "robot", effectId).between(SECOND_MS, MINUTE_MS);
      world.agenda.after(restMs, () => operationOf("robot").run(actingOn(story, 0)));
    },
  };
}
