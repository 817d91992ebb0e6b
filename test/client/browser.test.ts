import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { bundled, firstProgram } from "./first-program.ts";

const BUNDLE_MAX_BYTES = 40_000;
const README_LINES_MAX = 14;

/** Runs a script where there is what browsers have, as far as the client may use it, and nothing of Node. */
async function runAsBrowser(script: string, answer: object): Promise<{ asked: Request[]; said: unknown }> {
  const asked: Request[] = [];
  const page = createContext({
    fetch: async (url: string, init: RequestInit) => {
      asked.push(new Request(url, init));
      return Response.json(answer, { status: 201 });
    },
    crypto: { randomUUID: () => crypto.randomUUID() },
    ...{ AbortSignal, Headers, Request, Response, URL, URLSearchParams, setTimeout, clearTimeout },
  });
  const said: unknown = await new Promise((say, fail) => {
    Object.assign(page, { say, fail });
    runInContext(script, page);
  });
  return { asked, said };
}

describe("the first program of the client's README", () => {
  test("is short, needs nothing of Node, and opens a case from a page", async () => {
    const program = firstProgram();
    expect(program.trim().split("\n").length).toBeLessThanOrEqual(README_LINES_MAX);
    const [imports, rest] = program.split(/(?<=from "@ithaca\/client";\n)/);
    const wrapped = `${imports?.replace("@ithaca/client", "./src/index.ts")}
      const accessToken = "a-token";
      (async () => { ${rest} return { number, dueAt }; })().then(say, fail);`;
    const script = await bundled(wrapped);
    expect(script.length).toBeLessThan(BUNDLE_MAX_BYTES);

    const receipt = { number: "148203917", dueAt: "2026-03-02T18:00:00.000Z" };
    const { asked, said } = await runAsBrowser(script, receipt);
    expect(said).toEqual(receipt);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST https://desk.example/v1/messages"]);
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer a-token");
    expect(await asked[0]?.json()).toMatchObject({ channel: "portal", subject: "The invoice page is empty" });
  });

  test("what needs Node is found out", async () => {
    await expect(bundled('import { readFileSync } from "node:fs"; say(readFileSync);')).rejects.toThrow("node:fs");
  });
});
