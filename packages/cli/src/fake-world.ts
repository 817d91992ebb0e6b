import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, instantOf } from "@ithaca/domain";
import { type Profile, writeProfile } from "./profile/config-file.ts";
import { run } from "./run.ts";
import type { World } from "./world.ts";

/** For tests: a request that the command sent. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** For tests: what a command did. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly sent: readonly Sent[];
  /** The environment it ran in, for a look at what it kept. */
  readonly env: World["env"];
}

/** For tests: how the world is, where it differs. */
export interface FakeWorld {
  /** Answers a request; by default nobody does. */
  readonly answer?: (sent: Sent) => Response;
  readonly env?: Record<string, string>;
  readonly profile?: Profile;
  readonly stdin?: string;
  /** What a person types when asked; there is one only when this is given. */
  readonly typed?: readonly string[];
  readonly isTerminal?: boolean;
  /** What a person writes in their editor. */
  readonly edited?: string;
  readonly now?: Instant;
}

/** For tests: when it is unless said otherwise, a Monday. */
export const NOW = instantOf("2026-03-02T15:00:00Z");

/** For tests: a sign-in that is good for another hour. */
export const SIGNED_IN: Profile = {
  apiUrl: "https://desk.example",
  region: "us-east-1",
  userPoolClientId: "people",
  tokens: { accessToken: "a-token", refreshToken: "r-token", expiresAt: instantOf("2026-03-02T16:00:00Z") },
};

/** For tests: runs a command line in a world of its own. */
export async function runIn(args: readonly string[], fake: FakeWorld = {}): Promise<Ran> {
  const sent: Sent[] = [];
  const typed = [...(fake.typed ?? [])];
  const written = { out: "", err: "" };
  const env: Record<string, string> = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), "ithaca-")), ...fake.env };
  const terminal = (stream: "out" | "err") => ({
    write: (text: string) => {
      written[stream] += text;
    },
    isTerminal: fake.isTerminal ?? false,
    columns: 120,
  });
  if (fake.profile !== undefined) writeProfile({ env }, env.ITHACA_PROFILE ?? "default", fake.profile);

  const exitCode = await run(args, {
    env,
    out: terminal("out"),
    err: terminal("err"),
    fetch: async (url, init) => {
      const one = {
        method: init?.method ?? "GET",
        url: String(url),
        headers: new Headers(init?.headers),
        body: parsed(init?.body),
      };
      sent.push(one);
      return fake.answer === undefined ? Response.error() : fake.answer(one);
    },
    input: {
      isTerminal: fake.typed !== undefined,
      read: async () => fake.stdin ?? "",
      ask: async () => typed.shift() ?? "",
    },
    edit: async () => fake.edited,
    now: () => fake.now ?? NOW,
    newId: () => "new-id",
    zone: "America/New_York",
  });
  return { exitCode, ...written, sent, env };
}

function parsed(body: unknown): unknown {
  return typeof body === "string" ? JSON.parse(body) : undefined;
}
