export { functionSources } from "./bundle.ts";
export { deskApp } from "./desk-app.ts";
export type { DeskParts } from "./desk-stack.ts";
export { manifests } from "./manifests.ts";
