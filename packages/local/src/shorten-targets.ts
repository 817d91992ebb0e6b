const SECONDS_PER_MINUTE = 60;

/**
 * The same policy with every target `seconds` long, at whatever hour it begins; the warnings stay where they were, in
 * percent. Throws when what it is given is no policy.
 */
export function shortenTargets(policy: unknown, seconds: number): Record<string, unknown> {
  if (!isRecord(policy) || !Array.isArray(policy.targets))
    throw new Error("what is in force is no policy with targets");
  const targets: readonly unknown[] = policy.targets;
  return {
    ...policy,
    targets: targets.map((target) => ({
      ...(isRecord(target) ? target : {}),
      length: { minutes: seconds / SECONDS_PER_MINUTE },
      clock: "round-the-clock",
    })),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
