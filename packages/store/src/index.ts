export { CHANGE_TRIES, TooManyConflicts } from "./cases/change-case.ts";
export { cachedDirectory, DIRECTORY_KEPT_MS } from "./directory/cached-directory.ts";
export { effectOf, isEffectItem } from "./items/effect-item.ts";
export { factsOf, isFactsItem, isKnownFactType } from "./items/facts-item.ts";
export { NewerSchema } from "./items/newer-schema.ts";
export { type ImageOfItem, itemOfImage } from "./items/stream-image.ts";
export { type IndexName, type Key, NO_TEAM, TABLE_SHAPE } from "./keys.ts";
export { type CasesCounted, countCases } from "./maintenance/count-cases.ts";
export { type ExportOptions, exportDesk, type OnProgress } from "./maintenance/export-desk.ts";
export { MANIFEST_FILE, type Manifest, type MissingTexts } from "./maintenance/export-format.ts";
export { ImportMismatch } from "./maintenance/import-case.ts";
export {
  abandonImport,
  type Imported,
  type ImportOptions,
  importDesk,
  type UnfinishedImport,
  unfinishedImport,
} from "./maintenance/import-desk.ts";
export { type ExportedCase, type OpenExport, openExport } from "./maintenance/read-export.ts";
export { type FactsWanted, recordedFacts } from "./maintenance/recorded-facts.ts";
export { type MemoryStoreOptions, openMemoryStore } from "./open-memory-store.ts";
export { openStore, type StoreOptions } from "./open-store.ts";
export { InvalidCursor } from "./paging/cursor.ts";
export * from "./ports/attainment.ts";
export * from "./ports/cases.ts";
export * from "./ports/content.ts";
export * from "./ports/desk.ts";
export * from "./ports/directory.ts";
export * from "./ports/effects.ts";
export * from "./ports/previews.ts";
export * from "./ports/rules.ts";
export { type AppliedRules, applyRules, type RulesProposal, type RulesRefusal } from "./rules/apply-rules.ts";
export { TooSoon } from "./rules/known-in-time.ts";
export { REMEMBERED_MS, rulebookCache } from "./rules/rulebook-cache.ts";
export { FaultyRules } from "./rules/rules.ts";
export { calendarsAt, policyOf, policyVersionAt } from "./rules/rules-at.ts";
export type { RulesFault, ShippedRules } from "./rules/shipped-rules.ts";
export type { Store } from "./store.ts";
export { ITEM_BYTES_MAX, itemBytes } from "./table/item-size.ts";
export { keptItem } from "./table/kept-item.ts";
export { type Item, keyOfWrite, type Table, type Write } from "./table/table.ts";
