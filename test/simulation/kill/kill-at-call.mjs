// Loaded before a function's own code, by NODE_OPTIONS, and on a desk under test alone: its process ends without a word
// (SIGKILL) at the call of AWS, of one invocation, that a plan names. A plan is a file; whoever carries it out takes it away
// first.
import { readFileSync, renameSync } from "node:fs";
import http from "node:http";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const PLAN_FILE = process.env.KILL_PLAN_FILE ?? "";
const request = http.request;
let counted = "";
let calls = 0;

/** The plan that stands now, or nothing. */
function readPlan() {
  try {
    return JSON.parse(readFileSync(PLAN_FILE, "utf8"));
  } catch {
    return undefined;
  }
}

/** True for one process alone, however many meet the plan at once. */
function take() {
  try {
    renameSync(PLAN_FILE, `${PLAN_FILE}.done`);
    return true;
  } catch {
    return false;
  }
}

/** Calls are counted by invocation: where it is traced, Lambda names each in this variable. */
function invocationUnder({ id }) {
  return `${id} ${process.env._X_AMZN_TRACE_ID}`;
}

/** Only what is signed goes to AWS. */
function isSigned([first, second]) {
  const headers = (typeof first === "object" ? first : second)?.headers ?? {};
  return Object.keys(headers).some((name) => name.toLowerCase() === "authorization");
}

http.request = (...given) => {
  const plan = isSigned(given) ? readPlan() : undefined;
  if (plan === undefined) return request(...given);
  const invocation = invocationUnder(plan);
  calls = invocation === counted ? calls + 1 : 1;
  counted = invocation;
  if (calls < plan.call || !take()) return request(...given);
  if (!plan.afterwards) process.kill(process.pid, "SIGKILL");
  const sent = request(...given);
  sent.once("response", () => process.kill(process.pid, "SIGKILL"));
  return sent;
};
syncBuiltinESMExports();
