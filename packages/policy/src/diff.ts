/** The door for whoever tells what an edit changes: what answers a request needs none of it. */
export * from "./diff/diff-rules.ts";
export * from "./diff/rules-change.ts";
