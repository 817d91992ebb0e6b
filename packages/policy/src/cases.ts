/** The door for whoever tries a policy on cases: what answers a request needs none of it. */
export * from "./cases/policy-case.ts";
export * from "./cases/try-policy.ts";
