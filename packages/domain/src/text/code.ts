import * as z from "zod/mini";

export const CODE_MAX_LENGTH = 40;

/** A short name that people give to a thing of the desk (team, channel, priority, rule): lower case, digits, hyphens. */
export const Code = z
  .string()
  .check(
    z.maxLength(CODE_MAX_LENGTH),
    z.regex(/^[a-z][a-z0-9-]*$/, "lower-case letters, digits and hyphens, beginning with a letter"),
  );
export type Code = z.infer<typeof Code>;

/** An id that the platform makes: a prefix that names the noun, then letters and digits. */
export function prefixedId<Prefix extends string>(prefix: Prefix) {
  return z
    .string()
    .check(z.maxLength(64), z.regex(new RegExp(`^${prefix}_[A-Za-z0-9-]{1,58}$`), `an id that begins with ${prefix}_`));
}
