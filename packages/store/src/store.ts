import type { Instant } from "@ithaca/domain";
import { attainmentStore } from "./attainment/attainment-store.ts";
import { caseStore } from "./cases/case-store.ts";
import { withChange } from "./cases/change-case.ts";
import { messageStore } from "./content/messages.ts";
import { deskStore } from "./desk/desk-store.ts";
import { directoryStore } from "./directory/directory.ts";
import { effectStore } from "./effects/effects.ts";
import type { Attainment } from "./ports/attainment.ts";
import type { Cases } from "./ports/cases.ts";
import type { Bodies, Messages } from "./ports/content.ts";
import type { DeskStore } from "./ports/desk.ts";
import type { Directory } from "./ports/directory.ts";
import type { Effects } from "./ports/effects.ts";
import type { Previews } from "./ports/previews.ts";
import type { Rulebooks, Rules } from "./ports/rules.ts";
import { previewStore } from "./previews/preview-store.ts";
import { knownInTime } from "./rules/known-in-time.ts";
import { rulebookCache } from "./rules/rulebook-cache.ts";
import { ruleStore } from "./rules/rules.ts";
import type { ShippedRules } from "./rules/shipped-rules.ts";
import type { Table } from "./table/table.ts";

/** Every port of the store. */
export interface Store {
  cases: Cases;
  effects: Effects;
  messages: Messages;
  bodies: Bodies;
  directory: Directory;
  rules: Rules;
  rulebooks: Rulebooks;
  desk: DeskStore;
  previews: Previews;
  attainment: Attainment;
  /** What is under them all: for export and import only. */
  table: Table;
}

export interface StorePorts {
  clock: () => Instant;
  /** A number in [0, 1). */
  random: () => number;
  shipped: ShippedRules;
  /** How long a timeline is trusted before it is read again, by whoever goes by these rules. */
  rulesRefreshMs: number;
  pause: (ms: number) => Promise<void>;
}

/** Chance keeps the tokens of two processes apart, and a count those of one, whatever chance is in a test. */
function tokens(random: () => number): () => string {
  let drawn = 0;
  return () => {
    drawn += 1;
    return `${random()}-${random()}-${drawn}`;
  };
}

/** All ports over one table and one place for long texts. */
export function storeOn(table: Table, bodies: Bodies, ports: StorePorts): Store {
  const { clock, random, shipped, rulesRefreshMs, pause } = ports;
  const rules = knownInTime(ruleStore(table, shipped), rulesRefreshMs);
  const rulebooks = rulebookCache({ rules, shipped, refreshMs: rulesRefreshMs, clock });
  return {
    cases: withChange(caseStore(table, bodies), { rulebooks, clock, random, pause }),
    effects: effectStore(table, tokens(random)),
    messages: messageStore(table, bodies),
    bodies,
    directory: directoryStore(table),
    rules,
    rulebooks,
    desk: deskStore(table),
    previews: previewStore(table),
    attainment: attainmentStore(table),
    table,
  };
}
