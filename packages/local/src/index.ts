export { type Desk, type DeskOptions, startDesk } from "./desk.ts";
export { StepFailed } from "./steps.ts";
