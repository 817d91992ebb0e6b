/** What stands in a bundle in place of a module of the desk or of a package: what AWS, the clock and chance give. */
const CURRENT = "globalThis.ithacaSimulation";

/** A client of AWS: its commands go to the surroundings of whoever made it. */
const clientStandIn = (client: string, commands: readonly string[], more = "") => `
export class ${client} {
  #surroundings = ${CURRENT}.current;
  send(command) { return this.#surroundings.send(command.constructor.commandName, command.input); }
}
${commands
  .map((name) => `export class ${name} { static commandName = "${name}"; constructor(input) { this.input = input; } }`)
  .join("\n")}
${more}`;

/** What stands in place of globals that the wrapper uses. */
export const GLOBAL_STAND_INS: Readonly<Record<string, string>> = {
  clearTimeout: `${CURRENT}.clearTimer`,
  "process.env": `${CURRENT}.environment`,
};

/** Packages by name. */
export const PACKAGE_STAND_INS: Readonly<Record<string, string>> = {
  "@aws-sdk/client-eventbridge": clientStandIn("EventBridgeClient", ["PutEventsCommand"]),
  "@aws-sdk/client-sqs": clientStandIn("SQSClient", ["SendMessageCommand"]),
  "@aws-sdk/client-ses": clientStandIn("SESClient", ["SendRawEmailCommand"]),
  "@aws-sdk/client-sfn": clientStandIn(
    "SFNClient",
    ["StartExecutionCommand"],
    // Two bundles side by side mean the same error.
    `${CURRENT} ??= {};
     ${CURRENT}.ExecutionAlreadyExists ??= class extends Error { name = "ExecutionAlreadyExists"; };
     export const ExecutionAlreadyExists = ${CURRENT}.ExecutionAlreadyExists;`,
  ),
  "@aws-lambda-powertools/logger": `
export class Logger {
  #surroundings = ${CURRENT}.current;
  info(_message, line) { this.#surroundings.logged(line, false); }
  error(_message, line) { this.#surroundings.logged(line, true); }
}`,
  // Composing takes turns of the real event loop: no virtual time passes meanwhile.
  "nodemailer/lib/mail-composer": `
import MailComposer from "nodemailer/lib/mail-composer";
export default class extends MailComposer {
  compile() {
    const mail = super.compile();
    return { build: () => ${CURRENT}.current.computes(() => mail.build()) };
  }
}`,
  // The wrapper's own time limit runs by the virtual clock too.
  "node:timers": `
export const setTimeout = (act, ms) => ${CURRENT}.current.setTimer(act, ms);`,
};

/** Modules of functions/src/runtime by file: the only two that know a clock, chance or a table of AWS. */
export const MODULE_STAND_INS: Readonly<Record<string, string>> = {
  "functions/src/runtime/connect.ts": `
export function connect(...adapters) {
  return (environment, line) => {
    const surroundings = ${CURRENT}.current;
    const base = {
      clock: surroundings.clock, random: surroundings.random, newId: surroundings.newId, pause: surroundings.pause,
      note: (fields) => line.note(fields), count: (metric, by) => line.count(metric, by),
      measure: (metric, value) => line.measure(metric, value), surroundings,
    };
    return Object.assign({ settings: environment }, base, ...adapters.map((adapter) => adapter(environment, base)));
  };
}`,
  "functions/src/runtime/to-table.ts": `
import { shippedRules } from "@ithaca/policy";
import { cachedDirectory } from "@ithaca/store";
import { storeOn } from "../../../packages/store/src/store.ts";
export function toTable(environment, { clock, random, pause, surroundings }) {
  const store = storeOn(surroundings.table, surroundings.bodies, {
    clock, random, pause, shipped: shippedRules, rulesRefreshMs: environment.RULES_REFRESH_SECONDS * 1_000,
  });
  return { ...store, directory: cachedDirectory(store.directory, clock) };
}`,
};
