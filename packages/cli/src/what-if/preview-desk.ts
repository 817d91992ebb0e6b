import { setTimeout as sleep } from "node:timers/promises";
import { type Client, type JsonAnswerOf, ProblemError } from "@ithaca/client";
import { Calendar, emptySummary, Policy, PreviewResult, type Proposal, rangeBefore, SECOND_MS } from "@ithaca/domain";
import * as z from "zod/mini";
import type { World } from "../world.ts";

const SentProposal = z.object({ policy: z.optional(Policy), calendars: z.optional(z.array(Calendar)) });

type View = JsonAnswerOf<"read-preview">;

/** How a preview of a desk is waited for. */
export interface Waiting {
  /** How the command is called that can come back to it: "policy preview". */
  readonly command: string;
  readonly every: number;
}

/** Lets a desk preview a proposal over its own cases, and waits for what comes out. */
export async function previewOfDesk(
  world: World,
  client: Pick<Client, "previews">,
  { proposal, days }: { proposal: Proposal; days: number },
  waiting: Waiting,
): Promise<PreviewResult> {
  try {
    const { policy, calendars } = proposal;
    const body = { ...z.encode(SentProposal, { policy, calendars: calendars && [...calendars] }), days };
    const begun = await client.previews.start(body, { idempotencyKey: world.newId() });
    world.err.write(`The desk works it out. To come back to it: ithaca ${waiting.command} --job ${begun.id}\n`);
    return await untilDone(world, client, begun, waiting);
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.type.endsWith(":no-cases")) throw error;
    return { ...rangeBefore(world.now(), days), summary: emptySummary(), examples: [] };
  }
}

/** Waits for a preview that was begun before. */
export async function previewOfJob(
  world: World,
  client: Pick<Client, "previews">,
  id: string,
  waiting: Waiting,
): Promise<PreviewResult> {
  return untilDone(world, client, await client.previews.read(id), waiting);
}

async function untilDone(
  world: World,
  client: Pick<Client, "previews">,
  begun: View,
  { every }: Waiting,
): Promise<PreviewResult> {
  let view = begun;
  while (view.result === undefined) {
    await sleep(every * SECOND_MS);
    view = await client.previews.read(view.id);
    world.err.write(progressOf(view));
  }
  return z.decode(PreviewResult, view.result as z.input<typeof PreviewResult>);
}

function progressOf({ months }: View): string {
  const cases = months.reduce((sum, month) => sum + month.cases, 0);
  return `${months.filter(({ done }) => done).length} of ${months.length} months, ${cases} cases …\n`;
}
