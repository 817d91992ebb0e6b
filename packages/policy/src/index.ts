export * from "./lint-policy.ts";
export * from "./parse-policy.ts";
export * from "./policy-fault.ts";
export * from "./rules-faults.ts";
export * from "./shadowed-rules.ts";
export * from "./shipped-calendars.ts";
export * from "./shipped-policy.ts";
export * from "./shipped-rules.ts";
