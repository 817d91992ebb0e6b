import type { MissingTexts } from "@ithaca/store";
import { printableLine } from "../output/printable.ts";

/** What an export could not hold, in words. */
export function missingTextsSentence({ count, named }: MissingTexts): string {
  const unnamed = count - named.length;
  const whose = count === 1 ? "the text of one message" : `the texts of ${count} messages`;
  return [
    `The export is whole but for ${whose}, not to be found in the content bucket:`,
    ...named.map((id) => `  ${printableLine(id)}`),
    ...(unnamed > 0 ? [`  and ${unnamed} more`] : []),
    "docs/operations.md says where a text may still be.",
  ].join("\n");
}
