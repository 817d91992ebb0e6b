/**
 * Upgrades a desk that is in use: deploys an earlier commit on the local cloud, puts cases and armed clocks on it,
 * deploys this tree over it, and looks whether anything was replaced or lost and whether every promise is still kept.
 *
 *     npm run upgrade-test [-- --from HEAD~1] [--cases 12]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { caseIdOf, MINUTE_MS, SECOND_MS, toIso } from "@ithaca/domain";
import { type BenchDesk, openBenchDesk } from "../bench/bench-desk.ts";
import { type KeptResources, keptResources, replaced } from "./deployed-resources.ts";
import { commitOf, type EarlierCommit, layOut, NotInstalled, ROOT } from "./earlier-commit.ts";
import { losses, synthesise } from "./template-changes.ts";

/** Long enough that this tree is deployed before the clocks of the earlier one are due. */
const PROMISED_SECONDS = 240;
const DEPLOY_TIMEOUT_MS = 300_000;
/** How much later than its due a breach may be recorded, on a machine that deploys meanwhile. */
const LATE_MS = 2 * MINUTE_MS;
const POLL_MS = 1_000;
/** The exit code that tells npm test that there was nothing to test. */
const NOTHING_EARLIER = 3;

const { values } = parseArgs({
  options: { from: { type: "string", default: "HEAD~1" }, cases: { type: "string", default: "12" } },
});

type LocalPackage = typeof import("@ithaca/local");
type Desk = Awaited<ReturnType<LocalPackage["startDesk"]>>;
type CaseSeen = Awaited<ReturnType<BenchDesk["store"]["cases"]["read"]>>;

/** What there was before the upgrade. */
interface Before {
  readonly resources: KeptResources;
  readonly cases: ReadonlyMap<string, CaseSeen>;
}

const faults: string[] = [];
const say = (line: string) => process.stderr.write(`· ${line}\n`);
const expectNone = (what: string, found: readonly string[]) => {
  say(found.length === 0 ? `${what}: none` : `${what}: ${found.length}`);
  faults.push(...found.map((fault) => `${what}: ${fault}`));
};

const earlierId = commitOf(values.from);
if (earlierId === undefined) {
  process.stderr.write(`· there is no commit ${values.from} here, as in a shallow clone: nothing was upgraded\n`);
  process.exit(NOTHING_EARLIER);
}
const earlier = layOutOrEnd(earlierId);
say(`comparing the templates of ${earlier.id} with this tree's`);
const scratch = mkdtempSync(join(tmpdir(), "ithaca-upgrade-"));
expectNone(
  "lost or replaced on AWS",
  losses(synthesise(earlier.folder, join(scratch, "before")), synthesise(ROOT, join(scratch, "after"))),
);

const local: LocalPackage = await import(join(earlier.folder, "packages", "local", "src", "index.ts"));
say(`deploying ${earlier.id} on the local cloud`);
const desk = await local.startDesk({ dataDir: join(scratch, "desk"), fresh: true, write: say });
try {
  const bench = await openBenchDesk(desk);
  const before = await putCases(desk, bench, Number(values.cases));
  say("deploying this tree over it");
  deployHere(desk);
  await lookAgain(desk, bench, before);
  await keepPromises(bench, before);
} finally {
  await desk.stop();
}
for (const fault of faults) process.stderr.write(`✗ ${fault}\n`);
process.stdout.write(faults.length === 0 ? "upgraded: nothing replaced, nothing lost\n" : `${faults.length} faults\n`);
process.exit(faults.length === 0 ? 0 : 1);

/** What cannot be installed here, without a network for instance, cannot be upgraded here: that is no fault of this tree. */
function layOutOrEnd(id: string): EarlierCommit {
  try {
    return layOut(id, say);
  } catch (error) {
    if (!(error instanceof NotInstalled)) throw error;
    process.stderr.write(`· the packages of ${id} could not be installed: nothing was upgraded\n${error.message}\n`);
    process.exit(NOTHING_EARLIER);
  }
}

async function putCases(desk: Desk, bench: BenchDesk, count: number): Promise<Before> {
  await bench.promise({ hours: ["00:00", "24:00"], seconds: PROMISED_SECONDS, warnAtPercents: [] });
  const ids: string[] = [];
  for (let sent = 0; sent < count; sent += 1) ids.push(caseIdOf((await bench.sendMessage()).number));
  await until("every clock to be armed", 60, async () => {
    const effects = await Promise.all(ids.map((id) => bench.store.effects.ofCase(id, 500)));
    return effects.flat().every(({ status }) => status === "done" || status === "abandoned");
  });
  say(`${count} cases are open, and their clocks armed`);
  const cases = new Map(await Promise.all(ids.map(async (id) => [id, await bench.store.cases.read(id)] as const)));
  return { resources: await keptResources(desk.endpoint), cases };
}

function deployHere({ environment }: Desk): void {
  const bin = join(ROOT, "node_modules", ".bin");
  const env = { ...environment, PATH: `${bin}:${process.env.PATH ?? ""}`, CDK_VALIDATION: "false", NO_COLOR: "1" };
  const args = ["deploy", "--all", "--context", "local=true", "--require-approval", "never", "--no-notices", "--ci"];
  const output = ["--output", join(scratch, "cdk.out")];
  execFileSync(process.execPath, [join(bin, "cdk"), ...args, ...output], {
    cwd: ROOT,
    env,
    timeout: DEPLOY_TIMEOUT_MS,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function lookAgain({ endpoint }: Desk, bench: BenchDesk, before: Before): Promise<void> {
  expectNone("replaced on the local cloud", replaced(before.resources, await keptResources(endpoint)));
  const changed: string[] = [];
  for (const [id, seen] of before.cases) {
    const now = await bench.store.cases.read(id);
    if (JSON.stringify(now) !== JSON.stringify(seen)) changed.push(`${id} is not as it was`);
  }
  expectNone("cases that are lost or changed", changed);
  const { number, dueAt } = await bench.sendMessage();
  expectNone("new cases without a promise", dueAt === undefined ? [`${number} has no due`] : []);
}

/** The timers of the earlier state machine wake the functions of this tree. */
async function keepPromises({ store }: BenchDesk, before: Before): Promise<void> {
  const late: string[] = [];
  for (const [id, seen] of before.cases) {
    const due = seen?.clocks[0]?.dueAt;
    if (due === undefined) throw new Error(`${id} has no clock`);
    await sleep(Math.max(0, due - Date.now()));
    const breaches = async () =>
      (await store.cases.facts(id, 0, 500)).flatMap(({ facts }) =>
        facts.filter(({ type }) => type === "ClockBreached"),
      );
    await until(`the breach of ${id}`, LATE_MS / SECOND_MS, async () => (await breaches()).length > 0).catch(
      () => undefined,
    );
    const found = await breaches();
    if (found.length !== 1) late.push(`${id} was due at ${toIso(due)} and has ${found.length} breaches`);
  }
  expectNone("promises that were not watched", late);
}

async function until(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + seconds * SECOND_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${seconds} s for ${what}`);
    await sleep(POLL_MS);
  }
}
