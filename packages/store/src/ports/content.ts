import type { Message } from "@ithaca/domain";

/** A text of up to so many bytes stays in its item; a longer one goes to the content bucket (design.md, Data). */
export const INLINE_TEXT_MAX_BYTES = 8_192;

/** What people wrote. */
export interface Messages {
  /**
   * The messages of these ids, however many, in that order; those that are not there are left out, and one whose long text
   * is gone says so (`textMissing`).
   */
  read(ids: readonly string[]): Promise<Message[]>;
  /** The subjects of these messages (at most 100), by id, without their texts; those that have none are left out. */
  subjects(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Texts too long for an item. Put before the transaction that refers to them; the same key holds the same text. */
export interface Bodies {
  put(key: string, text: string): Promise<void>;
  get(key: string): Promise<string | undefined>;
}
