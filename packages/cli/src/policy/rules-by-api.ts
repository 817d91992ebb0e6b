import { type Client, ProblemError } from "@ithaca/client";
import { Calendar, Instant, instant, Policy, toIso } from "@ithaca/domain";
import type { AppliedRules } from "@ithaca/store";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { outdated, type PolicyToApply } from "./apply-policy.ts";
import type { ReadRules } from "./desk-rules.ts";

type RulesClient = Pick<Client, "policy" | "calendars">;

/** The rules of a desk as its API shows them. Of the calendars only those in force are there, and of the history the policy's. */
export function rulesByApi({ policy, calendars }: RulesClient): ReadRules {
  const made = async () => {
    const { versions } = await policy.versions();
    return versions.flatMap(({ version, inForceFrom, madeBy, madeAt, reason }) =>
      inForceFrom === undefined || madeBy === undefined || madeAt === undefined || reason === undefined
        ? []
        : [{ policy: version, by: madeBy, at: readInstant(madeAt), reason, inForceFrom: readInstant(inForceFrom) }],
    );
  };
  return {
    history: made,
    timeline: async () => {
      const { items } = await calendars.list();
      return {
        revision: 0,
        policy: (await made()).map(({ policy: version, inForceFrom: from }) => ({ version, from })),
        calendars: Object.fromEntries(items.map(({ id, version }) => [id, [{ version, from: instant(0) }]])),
      };
    },
    policy: (version) => unlessAbsent(async () => z.decode(Policy, (await policy.version(version)).policy)),
    calendar: (id) => unlessAbsent(async () => z.decode(Calendar, (await calendars.read(id)).calendar)),
  };
}

/** From when a version that is made now can be in force, as the desk says. */
export async function soonestByApi({ policy }: RulesClient): Promise<Instant> {
  return readInstant((await policy.versions()).soonest);
}

/** Makes the next version by the API, as whoever is signed in. Throws a Failure that says why not; nothing has changed then. */
export async function applyByApi(
  client: RulesClient,
  toApply: PolicyToApply,
  change: {
    readonly reason: string;
    readonly movesUnfinished?: boolean | undefined;
    readonly inForceFrom: Instant | undefined;
  },
): Promise<AppliedRules> {
  const { file, basedOn } = toApply;
  const calendars = file.calendars.map((calendar) => z.encode(Calendar, calendar));
  const { inForceFrom, movesUnfinished = false, reason } = change;
  try {
    const made = await client.policy.apply({
      policy: z.encode(Policy, file.policy),
      basedOn,
      movesUnfinished,
      reason,
      ...(calendars.length > 0 && { calendars }),
      ...(inForceFrom !== undefined && { inForceFrom: toIso(inForceFrom) }),
    });
    const from = readInstant(made.inForceFrom);
    const { policy } = await rulesByApi(client).timeline();
    const followedBy = policy.filter((one) => one.from > from).map(({ version }) => version);
    return { policyVersion: made.version, calendars: made.calendars, inForceFrom: from, followedBy };
  } catch (error) {
    throw error instanceof ProblemError ? inWords(error, toApply) : error;
  }
}

function inWords(error: ProblemError, toApply: PolicyToApply): Error {
  const { currentVersion } = error.problem;
  if (error.code === "rules-outdated" && currentVersion !== undefined) {
    return new Failure(outdated(toApply, currentVersion));
  }
  if (error.code !== "not-there") return error;
  return new Failure(
    "Managers put rules in force, and you are signed in as none. With AWS credentials: --stack NAME.",
    EXIT.notThere,
  );
}

async function unlessAbsent<Found>(read: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ProblemError && error.code === "not-there") return undefined;
    throw error;
  }
}

function readInstant(written: string): Instant {
  return z.decode(Instant, written);
}
