import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { freePort, isPortFree, LOOPBACK } from "./free-port.ts";
import { choosePorts } from "./ports.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

async function occupy(port: number): Promise<void> {
  const listening = createServer();
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(port, LOOPBACK, resolve);
  });
}

describe("any ports", () => {
  test("are free and differ", async () => {
    const { cloud, inbox, smtp } = await choosePorts(undefined);
    expect(new Set([cloud, inbox, smtp]).size).toBe(3);
    expect(await isPortFree(cloud)).toBe(true);
  });
});

describe("a port that was asked for", () => {
  test("is taken when it is free", async () => {
    const wanted = await freePort();
    expect((await choosePorts(wanted)).cloud).toBe(wanted);
  });

  test("is refused when another program has it, with what to do", async () => {
    const wanted = await freePort();
    await occupy(wanted);
    await expect(choosePorts(wanted)).rejects.toThrow(`port ${wanted} is taken by another program`);
  });

  test("does without the next one when only that is taken", async () => {
    const wanted = await freePort();
    await occupy(wanted + 1);
    const { cloud, inbox } = await choosePorts(wanted);
    expect(cloud).toBe(wanted);
    expect(inbox).not.toBe(wanted + 1);
  });
});
