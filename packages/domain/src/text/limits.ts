import * as z from "zod/mini";

/** The longest texts that the desk takes, in characters (support-policy.md, Cases). */
export const SUBJECT_MAX_LENGTH = 250;
export const TEXT_MAX_LENGTH = 100_000;
export const NAME_MAX_LENGTH = 200;
export const ADDRESS_MAX_LENGTH = 320;
export const REASON_MAX_LENGTH = 1_000;
export const TAG_MAX_LENGTH = 50;
export const TAGS_MAX = 20;
export const PARTICIPANTS_MAX = 50;
export const COLLABORATORS_MAX = 50;
export const LINKS_MAX = 200;
/** The most fields that a desk defines, and the longest text in one. */
export const FIELDS_MAX = 50;
export const FIELD_TEXT_MAX_LENGTH = 1_000;
/** The most messages that a merge remembers as unanswered, and the most that it moves. */
export const WAITING_MAX = 100;
export const MERGED_MESSAGES_MAX = 1_000;

/** One line: no line breaks and no other control characters, so that it can stand in a mail header (threats.md, 20). */
function line(maxLength: number) {
  return z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
    z.regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/, "one line without control characters"),
  );
}

export const Subject = line(SUBJECT_MAX_LENGTH);
export const Name = line(NAME_MAX_LENGTH);
export const Reason = line(REASON_MAX_LENGTH);
export const Tag = line(TAG_MAX_LENGTH);

/** What somebody wrote: any characters but NUL, not empty. */
export const Text = z.string().check(
  z.minLength(1),
  z.maxLength(TEXT_MAX_LENGTH),
  z.refine((text) => text.trim() !== "", "a text says something"),
  z.refine((text) => !text.includes("\u0000"), "a text holds no NUL character"),
);

/** One mail address, lower case, without a display name. The strict grammar is for what we send to (threats.md, 9). */
export const Address = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(ADDRESS_MAX_LENGTH),
    z.regex(
      /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
      "one mail address, such as jo@example.com",
    ),
  );
export type Address = z.infer<typeof Address>;

/** A BCP 47 language tag, such as en or pt-BR. */
export const Language = z.string().check(z.maxLength(35), z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/));

/** An IANA time zone name. Whether the zone exists is checked where a clock is built on it. */
export const Zone = z.string().check(z.maxLength(64), z.regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/));
