import { bodyKeyOf, messageIdOf } from "../items/message-item.ts";
import { isOutcomeItem } from "../items/outcome-item.ts";
import {
  ATTAINED_PREFIX,
  COUNTS_PREFIX,
  caseIdOfPartition,
  DESK_KEY,
  IMPORT_KEY,
  INDEXES,
  KEY_END,
  type Key,
  PREVIEW_PREFIX,
  PROJECTIONS_KEY,
} from "../keys.ts";
import { readStretch } from "../paging/read-stretch.ts";
import type { Store } from "../store.ts";
import type { Item, Table } from "../table/table.ts";
import type { Scanned, Section } from "./export-format.ts";

/** Lines that belong together, and the last item of the table that is in them. */
export interface Group {
  section: Section;
  lines: readonly Readonly<Record<string, unknown>>[];
  last: Key;
  /** The message whose long text is missing. */
  missingText?: string;
}

/** What only the table that an item is in gives it: places in indexes, marks for the stream, claims of functions. */
const TRANSIENT: ReadonlySet<string> = new Set([
  ...INDEXES.flatMap((index) => [`${index}pk`, `${index}sk`]),
  "announce",
  "begun",
  "claimToken",
  "restToken",
  "recounted",
]);

const CLAIMS: ReadonlySet<unknown> = new Set(["idempotency-key", "channel-message", "file", "mail-budget"]);
const RULES: ReadonlySet<unknown> = new Set(["policy", "calendar", "timeline", "rule-change"]);

/** Reads the table once and gives what `scanned` says, each case whole. */
export async function* exportedGroups(store: Store, scanned: Scanned, after: Key | undefined): AsyncIterable<Group> {
  let partition: Item[] = [];
  for await (const item of store.table.scan(after)) {
    if (scanned !== "cases") {
      if (isOf(item, scanned)) yield await single(store, item);
      continue;
    }
    if (caseIdOfPartition(item.pk) === undefined) continue;
    if (partition[0]?.pk !== item.pk) partition = [];
    partition.push(item);
    // The state sorts last in its partition, so here the case is at its end.
    if (item.noun === "case") yield await wholeCase(store.table, partition, item);
  }
}

function isOf(item: Item, scanned: Scanned): boolean {
  const isClaim = CLAIMS.has(item.noun);
  if (scanned === "claims") return isClaim;
  const isMade = [COUNTS_PREFIX, ATTAINED_PREFIX, PREVIEW_PREFIX].some((prefix) => item.pk.startsWith(prefix));
  return !isClaim && !isMade && caseIdOfPartition(item.pk) === undefined && !isDesks(item);
}

/** What the desk is up to is not exported: an import begins an epoch of its own. */
function isDesks({ pk, sk }: Key): boolean {
  return pk === DESK_KEY.pk && [DESK_KEY, IMPORT_KEY, PROJECTIONS_KEY].some((key) => key.sk === sk);
}

async function single(store: Store, item: Item): Promise<Group> {
  const section = CLAIMS.has(item.noun) ? "claims" : RULES.has(item.noun) ? "rules" : "rest";
  const bodyKey = bodyKeyOf(item);
  const text = bodyKey === undefined ? undefined : await store.bodies.get(bodyKey);
  const isMissing = bodyKey !== undefined && text === undefined;
  const body = text === undefined ? [] : [{ body: bodyKey, text }];
  const lines = [...body, lasting(item)];
  return { section, lines, last: item, ...(isMissing && { missingText: messageIdOf(item) }) };
}

/** A case as it was at its state's version. One that changed while the table was read is read again. */
async function wholeCase(table: Table, partition: readonly Item[], state: Item): Promise<Group> {
  let items = partition;
  let version = Number(state.version);
  for (let tried = 0; !isWhole(items, version); tried += 1) {
    if (tried === PARTITION_TRIES) throw new Error(`${state.pk} does not have the facts of all its versions`);
    items = await readStretch(table, { partition: state.pk, until: KEY_END });
    version = Number(items.at(-1)?.version);
  }
  const ofVersion = items.filter((item) => Number(item.version) <= version && !isOutcomeItem(item));
  return { section: "cases", lines: ofVersion.map(lasting), last: state };
}

const PARTITION_TRIES = 5;

/** Whether there are facts of each version up to the state's. */
function isWhole(items: readonly Item[], version: number): boolean {
  const facts = items.filter((item) => item.noun === "facts" && Number(item.version) <= version);
  return items.at(-1)?.noun === "case" && facts.length === version;
}

function lasting(item: Item): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !TRANSIENT.has(name)));
}
