import { unmarshall } from "@aws-sdk/util-dynamodb";
import { announceFact } from "@ithaca/contracts";
import { factsOf, type Item, isKnownFactType } from "@ithaca/store";
import type { PutEntry } from "../world/bus.ts";
import type { AppendSeen } from "./history.ts";

/** Every fact is announced, as what it is; what could not be is on the list of what was put aside. */
export function openPublishLaw(violated: (law: string, what: string) => void) {
  const owed = new Map<string, { entry: PutEntry; seen: boolean }>();

  return {
    onAppend({ history, facts }: AppendSeen): void {
      const { caseId, state } = history;
      for (const [index, fact] of facts.entries()) {
        if (!isKnownFactType(fact.type)) continue;
        owed.set(`${caseId}.${state.version}.${index}`, {
          entry: announceFact(caseId, state.version, index, fact),
          seen: false,
        });
      }
    },
    onPut(entries: readonly PutEntry[]): void {
      for (const { DetailType, Detail, Source } of entries) {
        const { caseId, version, index, effectId } = JSON.parse(Detail) as Record<string, unknown>;
        if (effectId !== undefined) continue;
        const fact = owed.get(`${caseId}.${version}.${index}`);
        if (fact === undefined) {
          violated("publishing", `${DetailType} ${caseId}.${version}.${index} tells of nothing`);
          continue;
        }
        fact.seen = true;
        const { entry } = fact;
        if (entry.DetailType !== DetailType || entry.Detail !== Detail || entry.Source !== Source) {
          violated("publishing", `${caseId}.${version}.${index} was told as ${DetailType} ${Detail}`);
        }
      }
    },
    /** `aside`: the records of the stream that were put aside with an alarm; `poisoned`: those that should have been. */
    atEnd({ aside, poisoned }: { aside: readonly unknown[]; poisoned: ReadonlySet<string> }): void {
      if (poisoned.size > 0)
        violated("publishing", `${poisoned.size} records that nobody can read were taken for told`);
      const kept = new Set(aside.map(appendOf));
      const silent = [...owed].filter(([name, { seen }]) => !seen && !kept.has(name.slice(0, name.lastIndexOf("."))));
      if (silent.length > 0) violated("publishing", `${silent.length} facts were never told: ${silent[0]?.[0]}`);
    },
  };
}

/** The case and version whose facts a record of the stream holds. */
function appendOf(record: unknown): string | undefined {
  const { NewImage } = (record as { dynamodb: { NewImage: Parameters<typeof unmarshall>[0] } }).dynamodb;
  const item = unmarshall(NewImage) as Item;
  if (item.noun !== "facts") return undefined;
  const { caseId, version } = factsOf(item);
  return `${caseId}.${version}`;
}
