export type { Cli } from "./cli.ts";
export type { DemoUser } from "./demo-directory.ts";
export { DEMO_PASSWORD } from "./demo-directory.ts";
export { type Desk, type DeskOptions, startDesk } from "./desk.ts";
export { startEmptyCloud } from "./empty-cloud.ts";
export { createSignIn, type SignIn, type SignInPlace } from "./sign-in.ts";
export { StepFailed } from "./steps.ts";
