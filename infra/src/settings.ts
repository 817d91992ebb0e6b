import type { Node } from "constructs";
import * as z from "zod/mini";

/** A context value is a string from the command line and may be a boolean or number from cdk.json. */
const Flag = z.union([z.boolean(), z.stringbool()]);
const Seconds = z.coerce.number().check(z.int(), z.gte(1), z.lte(3_600));

/** Names the stacks, the table and every function; short, so that the longest name of a queue fits into 80 characters. */
const DeskName = z.string().check(z.regex(/^[A-Z][A-Za-z0-9]{1,19}$/));

const LocalDesk = { rulesRefreshSeconds: 1, reconcileGraceSeconds: 20, sender: "support@ithaca.example" } as const;
const AwsDesk = { rulesRefreshSeconds: 60, reconcileGraceSeconds: 90, sender: "" } as const;

/** What whoever deploys may choose, as CDK context (`--context name=value`, or cdk.json). */
const Context = z.object({
  /** The name of the desk. Two desks in one account and region need two names. */
  name: z._default(DeskName, "Ithaca"),
  /** For the local cloud: what it cannot do is left out, and nothing outlives the stack. */
  local: z._default(Flag, false),
  /** The address that mail comes from, verified in SES; without one mail is off. */
  sender: z.optional(z.union([z.literal(""), z.email()])),
  /** How often a function asks whether other rules are in force. */
  rulesRefreshSeconds: z.optional(Seconds),
  /** How long something may be owed before the reconciler does it. */
  reconcileGraceSeconds: z.optional(Seconds),
  /** Where people find the desk, for the links in mail; the API when it is left out. */
  deskUrl: z.optional(z.url()),
  account: z.optional(z.string().check(z.regex(/^\d{12}$/))),
  region: z.optional(z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/))),
});
type Context = z.infer<typeof Context>;

/** The settings of one deployment, with what was not chosen filled in. */
export interface Settings {
  readonly name: string;
  readonly local: boolean;
  /** "" turns mail off. */
  readonly sender: string;
  readonly rulesRefreshSeconds: number;
  readonly reconcileGraceSeconds: number;
  readonly deskUrl: string | undefined;
  /** Left out, the templates fit every account and region, and synthesis needs no credentials. */
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Reads the settings from the context of the app. Throws with the names of the values that cannot be used. */
export function readSettings(node: Node): Settings {
  const given = Object.keys(Context.shape).map((name) => [name, node.tryGetContext(name)] as const);
  const result = Context.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`the context cannot be used: ${faults.join("; ")}`);
  }
  return complete(result.data);
}

function complete(context: Context): Settings {
  const usual = context.local ? LocalDesk : AwsDesk;
  return {
    name: context.name,
    local: context.local,
    sender: context.sender ?? usual.sender,
    rulesRefreshSeconds: context.rulesRefreshSeconds ?? usual.rulesRefreshSeconds,
    reconcileGraceSeconds: context.reconcileGraceSeconds ?? usual.reconcileGraceSeconds,
    deskUrl: context.deskUrl,
    account: context.account,
    region: context.region,
  };
}
