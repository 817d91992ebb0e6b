import type { Agenda } from "./agenda.ts";
import type { Faults } from "./faults.ts";
import type { Invocation } from "./process.ts";

/** A mail that SES took. */
export interface SentMail {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  /** The effect that it carries out, by its loop header. */
  readonly effectId: string;
  readonly automatic: boolean;
  readonly messageId: string;
  readonly raw: string;
  /** Who sent it; what goes wrong in that invocation later is known there. */
  readonly by: Invocation | undefined;
}

interface RawMail {
  readonly Source: string;
  readonly Destinations: readonly string[];
  readonly RawMessage: { readonly Data: Uint8Array };
}

/** SES: takes a mail, refuses it, or takes it and is not heard. */
export function openMail(agenda: Agenda, faults: Faults, onSent: (mail: SentMail) => void) {
  let taken = 0;

  return {
    send({ Source, Destinations, RawMessage }: RawMail, by: Invocation | undefined): { MessageId: string } {
      if (by !== undefined && faults.strikes("mail-refused", by.chance)) throw new Error("SES refuses");
      const raw = Buffer.from(RawMessage.Data).toString("latin1");
      taken += 1;
      const messageId = `ses-${taken}`;
      for (const to of Destinations) {
        const effectId = headerOf(raw, "X-Ithaca-Loop") ?? "";
        const automatic = headerOf(raw, "Auto-Submitted") !== undefined;
        onSent({ at: agenda.now(), from: Source, to, effectId, automatic, messageId, raw, by });
      }
      if (by !== undefined && faults.strikes("mail-unheard", by.chance)) {
        by.faults.push("mail-unheard");
        throw Object.assign(new Error("SES was not heard to answer"), { name: "TimeoutError" });
      }
      return { MessageId: messageId };
    },
  };
}

function headerOf(raw: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.+?)\r?$`, "im").exec(raw)?.[1];
}
