import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Where a Chromium is on this machine; undefined where there is none, and tests of pages are left out. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
/** No sandbox, for tests run as root in containers too; nothing that asks for anything elsewhere. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PAGE_TIMEOUT_MS = 60_000;

/** A server for one test, and its address. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a request carries, as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Opens a page with a script in Chromium, and gives what the script told the page's own server. */
export async function openPage(origin: { at: string; said: Promise<string> }): Promise<unknown> {
  const profile = mkdtempSync(join(tmpdir(), "ithaca-chromium-"));
  const browser = spawn(CHROMIUM ?? "", [...FLAGS, `--user-data-dir=${profile}`, origin.at], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => browser.once("close", () => resolve()));
  const late = AbortSignal.timeout(PAGE_TIMEOUT_MS);
  const tooLate = new Promise<never>((_, reject) => {
    late.addEventListener("abort", () => reject(new Error("the page said nothing")));
  });
  try {
    return JSON.parse(await Promise.race([origin.said, tooLate]));
  } finally {
    browser.kill("SIGKILL");
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A server of one page, whose script is made once it is known where the page is, and of other pages by their paths. */
export async function servePage(
  scriptFor: (origin: string) => Promise<string>,
  others: Readonly<Record<string, string>> = {},
) {
  let script = "";
  let say: (what: string) => void = () => undefined;
  const said = new Promise<string>((resolve) => {
    say = resolve;
  });
  const at = await listen(async (request, response) => {
    if (request.method === "POST") say(await bodyOf(request));
    response.setHeader("content-type", "text/html");
    const page = others[request.url ?? ""] ?? `<!doctype html><title>Page</title><body><script>${script}</script>`;
    response.end(request.method === "POST" ? "" : page);
  });
  script = (await scriptFor(at)).replaceAll("</script", "<\\/script");
  return { at, said };
}
