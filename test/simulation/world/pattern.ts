/** Whether an event matches an EventBridge pattern: arrays of alternatives, nested objects, and the operators in use. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((alternative) => matchesValue(alternative, event));
  if (typeof pattern !== "object" || pattern === null) throw new Error("a pattern is made of objects and arrays");
  const fields = typeof event === "object" && event !== null ? (event as Readonly<Record<string, unknown>>) : {};
  return Object.entries(pattern).every(([name, part]) => matchesPattern(part, fields[name]));
}

function matchesValue(alternative: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => matchesValue(alternative, one));
  if (typeof alternative !== "object" || alternative === null) return alternative === value;

  const [operator = "", operand] = Object.entries(alternative)[0] ?? [];
  switch (operator) {
    case "prefix":
      return typeof value === "string" && value.startsWith(String(operand));
    case "suffix":
      return typeof value === "string" && value.endsWith(String(operand));
    case "exists":
      return (value !== undefined) === operand;
    case "anything-but":
      return value !== undefined && !(Array.isArray(operand) ? operand : [operand]).includes(value);
    default:
      throw new Error(`the pattern operator ${operator} is not simulated`);
  }
}
