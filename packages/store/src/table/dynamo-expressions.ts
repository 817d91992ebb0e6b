import type { NativeAttributeValue } from "@aws-sdk/util-dynamodb";
import type { Change, Comparison, Condition, Where } from "./table.ts";

/** The names and values that the expressions of one request stand for. */
export interface Placeholders {
  name(attribute: string): string;
  value(value: unknown): string;
  names(): Record<string, string> | undefined;
  values(): Record<string, NativeAttributeValue> | undefined;
}

export function placeholders(): Placeholders {
  const names: Record<string, string> = {};
  const values: Record<string, NativeAttributeValue> = {};
  const taken = new Map<string, string>();

  return {
    name: (attribute) => {
      const before = taken.get(attribute);
      if (before !== undefined) return before;
      const placeholder = `#n${taken.size}`;
      taken.set(attribute, placeholder);
      names[placeholder] = attribute;
      return placeholder;
    },
    value: (value) => {
      const placeholder = `:v${Object.keys(values).length}`;
      values[placeholder] = value;
      return placeholder;
    },
    names: () => (Object.keys(names).length === 0 ? undefined : names),
    values: () => (Object.keys(values).length === 0 ? undefined : values),
  };
}

/** A condition as a condition expression. Existence is asked for before values are compared. */
export function conditionExpression(condition: Condition, held: Placeholders): string {
  return condition
    .map((alternative) =>
      alternative === "absent" ? `attribute_not_exists(${held.name("pk")})` : `(${whereExpression(alternative, held)})`,
    )
    .join(" OR ");
}

function whereExpression(where: Where, held: Placeholders): string {
  // An item that is not there lacks every attribute, but meets no such condition: that there is one is asked beside them.
  const asksForNone = Object.values(where).every((comparison) => "isAbsent" in comparison);
  const isThere = asksForNone ? [`attribute_exists(${held.name("pk")})`] : [];
  const compared = Object.entries(where).flatMap(([attribute, comparison]) => {
    const name = attribute.split(".").map(held.name).join(".");
    if ("isAbsent" in comparison) return [`attribute_not_exists(${name})`];
    return [`attribute_exists(${name})`, comparisonExpression(name, comparison, held)];
  });
  return [...isThere, ...compared].join(" AND ");
}

function comparisonExpression(
  name: string,
  comparison: Exclude<Comparison, { isAbsent: true }>,
  held: Placeholders,
): string {
  return "equals" in comparison
    ? `${name} = ${held.value(comparison.equals)}`
    : `${name} <= ${held.value(comparison.atMost)}`;
}

/** A change as an update expression. */
export function updateExpression({ set = {}, remove = [], increment }: Change, held: Placeholders): string {
  const sets = Object.entries(set).map(([attribute, value]) => `${held.name(attribute)} = ${held.value(value)}`);
  if (increment !== undefined) sets.push(`${held.name(increment)} = ${held.name(increment)} + ${held.value(1)}`);
  const removes = remove.map((attribute) => held.name(attribute));
  return [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(", ")}`]),
    ...(removes.length === 0 ? [] : [`REMOVE ${removes.join(", ")}`]),
  ].join(" ");
}
