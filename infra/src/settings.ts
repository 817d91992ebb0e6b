import type { Node } from "constructs";
import * as z from "zod/mini";

/** A context value is a string from the command line and may be a boolean or number from cdk.json. */
const Flag = z.union([z.boolean(), z.stringbool()], { error: "must be true or false" });

const SECONDS_MAX = 3_600;
const Seconds = z.coerce
  .number({ error: "must be a number of seconds" })
  .check(
    z.int({ error: "must be whole seconds" }),
    z.gte(1, { error: "must be at least 1 second" }),
    z.lte(SECONDS_MAX, { error: `must be at most ${SECONDS_MAX} seconds` }),
  );

/** Names the stacks, the table and every function; short, so that the longest name of a queue fits into 80 characters. */
const DeskName = z
  .string()
  .check(z.regex(/^[A-Z][A-Za-z0-9]{1,19}$/, { error: "must be 2 to 20 letters and digits, the first a capital" }));

const AN_ADDRESS = { error: "must be an address without a name, such as support@your.domain, or empty: mail is off" };
const MailSender = z.union([z.literal(""), z.email(AN_ADDRESS)], AN_ADDRESS);
const AccountNumber = z.string().check(z.regex(/^\d{12}$/, { error: "must be twelve digits" }));
const Region = z
  .string()
  .check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: "must be a region's code, such as eu-central-1" }));

/** The machines that bring messages in. */
const CHANNEL_CLIENTS = ["Portal", "Chat", "Email", "Phone", "EmergencyLine"] as const;
export type ChannelClient = (typeof CHANNEL_CLIENTS)[number];
const SOME_CHANNELS = { error: `must be some of ${CHANNEL_CLIENTS.join(",")}, with a comma between two` };
const Channels = z.pipe(
  z.pipe(
    z.string(),
    z.transform((list) => list.split(",").map((name) => name.trim())),
  ),
  z.array(z.enum(CHANNEL_CLIENTS, SOME_CHANNELS)).check(z.minLength(1, SOME_CHANNELS)),
);

const AN_ORIGIN = { error: "must be origins such as https://desk.your.domain, with a comma between two" };
const Origins = z.pipe(
  z.pipe(
    z.string(),
    z.transform((list) => list.split(",").map((origin) => origin.trim())),
  ),
  z.array(z.string().check(z.refine(isOrigin, AN_ORIGIN))).check(z.minLength(1, AN_ORIGIN), z.maxLength(20)),
);

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.parse(text)?.origin === text;
}

const LocalDesk = { rulesRefreshSeconds: 1, reconcileGraceSeconds: 20, sender: "support@ithaca.example" } as const;
const AwsDesk = { rulesRefreshSeconds: 60, reconcileGraceSeconds: 90, sender: "" } as const;

/** What whoever deploys may choose, as CDK context (`--context name=value`, or cdk.json). */
const Context = z.object({
  /** The name of the desk. Two desks in one account and region need two names. */
  name: z._default(DeskName, "Ithaca"),
  /** For the local cloud: what it cannot do is left out, and nothing outlives the stack. */
  local: z._default(Flag, false),
  /** The address that mail comes from, verified in SES; without one mail is off. */
  sender: z.optional(MailSender),
  /** How often a function asks whether other rules are in force. */
  rulesRefreshSeconds: z.optional(Seconds),
  /** How long something may be owed before the reconciler does it. */
  reconcileGraceSeconds: z.optional(Seconds),
  /** Where people find the desk, for the links in mail; the API when it is left out. */
  deskUrl: z.optional(z.url({ error: "must be a URL" })),
  /** The channels that have a machine, each of which costs something a month; all of them when it is left out. */
  channels: z.optional(Channels),
  /** Whose pages may ask the API from a browser; those of no other origin when it is left out. */
  origins: z.optional(Origins),
  account: z.optional(AccountNumber),
  region: z.optional(Region),
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
  readonly channels: readonly ChannelClient[];
  readonly origins: readonly string[];
  /** Left out, the templates fit every account and region, and synthesis needs no credentials. */
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Some context values cannot be used; the message names each and says what it must be. */
export class UnusableContext extends Error {
  override readonly name = "UnusableContext";
}

/** Reads the settings from the context of the app. Throws an UnusableContext. */
export function readSettings(node: Node): Settings {
  const given = Object.keys(Context.shape).map((name) => [name, node.tryGetContext(name)] as const);
  const result = Context.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`);
    throw new UnusableContext(`the context cannot be used: ${faults.join("; ")}`);
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
    channels: [...new Set(context.channels ?? CHANNEL_CLIENTS)],
    origins: context.origins ?? [],
    account: context.account,
    region: context.region,
  };
}
