import { marshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "@ithaca/store";
import type { Agenda } from "./agenda.ts";
import { chanceOf, hashOf } from "./chance.ts";
import type { DeployedStream } from "./deployed.ts";
import type { Faults } from "./faults.ts";
import type { Lambda } from "./lambda.ts";
import { matchesPattern } from "./pattern.ts";
import type { Outcome } from "./process.ts";
import type { Weather } from "./weather.ts";

interface Record {
  readonly eventName: "INSERT";
  readonly dynamodb: { readonly SequenceNumber: string; readonly NewImage?: unknown };
}

interface StreamWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly lambda: Lambda;
  readonly mapping: DeployedStream;
}

const READ_MAX_MS = 250;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 60_000;
/** Facts without facts: nobody can read them. */
const POISON = { pk: { S: "POISON" }, sk: { S: "POISON" }, announce: { BOOL: true }, noun: { S: "facts" } };

/** The table's stream and its mapping: lanes by key, batches, bisecting, bounded retries, records put aside. */
export function openStream(world: StreamWorld) {
  const { seed, agenda, faults, weather, lambda, mapping } = world;
  const lanes = Array.from({ length: mapping.lanes }, (_, at) => ({ name: at, waiting: [] as Record[], busy: false }));
  const aside: Record[] = [];
  /** Records that nobody can read and that have not been put aside. */
  const poisoned = new Set<string>();
  let records = 0;

  type Lane = (typeof lanes)[number];

  function read(lane: Lane) {
    if (lane.busy || lane.waiting.length === 0) return;
    lane.busy = true;
    const chance = chanceOf(seed, "stream", lane.name, records);
    agenda.after(chance.between(1, READ_MAX_MS), () => {
      if (weather.isDown("stream")) {
        lane.busy = false;
        agenda.at(weather.upAt("stream"), () => read(lane));
        return;
      }
      const batch = lane.waiting.splice(0, mapping.batchSize);
      if (faults.strikes("record-poisoned", chance)) batch.push(poison());
      handle(lane, batch, 0, () => {
        lane.busy = false;
        read(lane);
      });
    });
  }

  /** Gives a batch to the function until it is done with or put aside. */
  function handle(lane: Lane, batch: readonly Record[], failures: number, then: () => void) {
    const [first] = batch;
    if (first === undefined) return then();
    lambda.invoke(
      mapping.functionName,
      { Records: batch },
      `${numberOf(first)}+${batch.length}.${failures}`,
      (outcome) => {
        const from = firstFailed(batch, outcome);
        if (from === undefined) return then();
        const left = batch.slice(from);
        if (failures >= mapping.retries) {
          // A batch that was bisected to one record, or that cannot be: it is kept elsewhere, and the lane goes on.
          aside.push(...left.filter((record) => !poisoned.delete(numberOf(record))));
          return then();
        }
        const restMs = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** failures);
        agenda.after(restMs, () => retry(lane, left, failures + 1, then));
      },
    );
  }

  function retry(lane: Lane, left: readonly Record[], failures: number, then: () => void) {
    if (!mapping.bisects || left.length < 2) return handle(lane, left, failures, then);
    const half = Math.ceil(left.length / 2);
    handle(lane, left.slice(0, half), failures, () => handle(lane, left.slice(half), failures, then));
  }

  function firstFailed(batch: readonly Record[], outcome: Outcome): number | undefined {
    if (outcome.kind !== "answered") return 0;
    if (!mapping.partial) return undefined;
    const { batchItemFailures = [] } = outcome.value as { batchItemFailures?: { itemIdentifier: string }[] };
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const at = batch.findIndex((record) => failed.has(numberOf(record)));
    return failed.size === 0 ? undefined : Math.max(0, at);
  }

  function poison(): Record {
    records += 1;
    const number = `poison-${records}`;
    poisoned.add(number);
    return { eventName: "INSERT", dynamodb: { SequenceNumber: number, NewImage: POISON } };
  }

  return {
    aside,
    poisoned,
    get waiting() {
      return lanes.reduce((sum, { waiting }) => sum + waiting.length, 0);
    },
    inserted(item: Item) {
      if (!mapping.patterns.some((pattern) => matchesPattern(pattern, sketch(pattern, item)))) return;
      records += 1;
      const lane = lanes[hashOf(item.pk, 0) % lanes.length] as Lane;
      const image = marshall(item, { removeUndefinedValues: true });
      lane.waiting.push({ eventName: "INSERT", dynamodb: { SequenceNumber: String(records), NewImage: image } });
      read(lane);
    },
  };
}

function numberOf({ dynamodb }: Record): string {
  return dynamodb.SequenceNumber;
}

/** As much of a record as a filter looks at. */
function sketch(pattern: unknown, item: Item): unknown {
  const named = Object.keys((pattern as { dynamodb?: { NewImage?: object } }).dynamodb?.NewImage ?? {});
  const shown = Object.fromEntries(named.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
  return { eventName: "INSERT", dynamodb: { NewImage: marshall(shown) } };
}
