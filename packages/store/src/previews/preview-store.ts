import {
  Calendar,
  DAY_MS,
  Instant,
  Policy,
  PreviewResult,
  PreviewSummary,
  plus,
  SECOND_MS,
  toIso,
} from "@ithaca/domain";
import * as z from "zod/mini";
import { KEY_END, previewKey, previewMonthKey, previewResultKey } from "../keys.ts";
import {
  PREVIEW_KEPT_DAYS,
  PREVIEW_STALLED_MS,
  type PreviewJob,
  type PreviewMonth,
  type PreviewStanding,
  type Previews,
} from "../ports/previews.ts";
import { type Condition, IF_ABSENT, type Item, type Table } from "../table/table.ts";

const StoredJob = z.object({
  id: z.string(),
  requestedBy: z.string(),
  bodyHash: z.string(),
  from: Instant,
  until: Instant,
  asOf: Instant,
  policy: z.optional(Policy),
  calendars: z.array(Calendar),
});

const StoredMonth = z.object({
  month: z.string(),
  pages: z.int(),
  cursor: z.optional(z.string()),
  done: z.boolean(),
  summary: PreviewSummary,
});

/** The most items of a preview: itself, its result and its months. */
const ITEMS_MAX = 50;

/** Previews in a table. */
export function previewStore(table: Table): Previews {
  const job = async (id: string) => {
    const item = await table.get(previewKey(id));
    return item && jobOf(item);
  };

  return {
    job,
    start: async (asked) => {
      const stored = z.encode(StoredJob, { ...asked, calendars: [...asked.calendars] });
      const item = {
        ...previewKey(asked.id),
        noun: "preview",
        ...expiry(asked),
        job: stored,
        nudgedAt: toIso(asked.asOf),
      };
      if (await table.put(item, IF_ABSENT)) return "started";
      return (await job(asked.id))?.bodyHash === asked.bodyHash ? "same" : "other";
    },

    read: async (id) => {
      const { pk: partition } = previewKey(id);
      const { items } = await table.query({ partition, until: KEY_END, limit: ITEMS_MAX });
      return standingOf(items);
    },

    month: async (id, month) => {
      const item = await table.get(previewMonthKey(id, month));
      return item && monthOf(item);
    },

    savePage: (asked, month) => {
      const { pages } = month;
      const item = {
        ...previewMonthKey(asked.id, month.month),
        noun: "preview-month",
        ...expiry(asked),
        pages,
        progress: z.encode(StoredMonth, month),
      };
      const ifNext: Condition = pages === 1 ? IF_ABSENT : [{ pages: { equals: pages - 1 } }];
      return table.put(item, ifNext);
    },

    nudge: async (id, now) => {
      const quietSince = toIso(plus(now, -PREVIEW_STALLED_MS));
      const change = { set: { nudgedAt: toIso(now) } };
      return (await table.update(previewKey(id), change, [{ nudgedAt: { atMost: quietSince } }])).updated;
    },

    finish: async (asked, result) => {
      const item = { ...previewResultKey(asked.id), noun: "preview-result", ...expiry(asked) };
      await table.put({ ...item, result: z.encode(PreviewResult, result) });
    },
  };
}

function expiry({ asOf }: PreviewJob): { expiresAt: number } {
  return { expiresAt: Math.ceil((asOf + PREVIEW_KEPT_DAYS * DAY_MS) / SECOND_MS) };
}

function standingOf(items: readonly Item[]): PreviewStanding | undefined {
  const asked = items.find(({ noun }) => noun === "preview");
  const result = items.find(({ noun }) => noun === "preview-result")?.result;
  if (asked === undefined) return undefined;
  return {
    job: jobOf(asked),
    months: items.filter(({ noun }) => noun === "preview-month").map(monthOf),
    ...(result !== undefined && { result: z.decode(PreviewResult, result as z.input<typeof PreviewResult>) }),
  };
}

function jobOf(item: Item): PreviewJob {
  return z.decode(StoredJob, item.job as z.input<typeof StoredJob>);
}

function monthOf(item: Item): PreviewMonth {
  return z.decode(StoredMonth, item.progress as z.input<typeof StoredMonth>);
}
