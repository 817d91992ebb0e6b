import type { Policy } from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";

type Conditions = Readonly<Record<string, readonly string[] | string | undefined>>;
interface Rule {
  readonly id: string;
  readonly when: Conditions;
}

/**
 * Rules that no case can reach, because one earlier in the list matches whatever they match: first match wins. Such a
 * policy still decides every case, so that this is a warning. What only several earlier rules cover together is not seen.
 */
export function shadowedRules({ classification, routing, targets }: Policy): PolicyFault[] {
  const lists: Readonly<Record<string, readonly Rule[]>> = { classification, routing, targets };
  return Object.entries(lists).flatMap(([list, rules]) =>
    rules.flatMap((rule, index) => {
      const earlier = rules.slice(0, index).find(({ when }) => covers(when, rule.when));
      if (earlier === undefined) return [];
      return [
        {
          code: "unreachable" as const,
          path: `/${list}/${index}`,
          problem: `no case reaches the rule ${rule.id}: the rule ${earlier.id} before it matches all that it does`,
          remedy: `move it before ${earlier.id}, narrow ${earlier.id}, or remove it`,
        },
      ];
    }),
  );
}

/** Whether whatever meets the narrow conditions meets the wide ones too. */
function covers(wide: Conditions, narrow: Conditions): boolean {
  return Object.entries(wide).every(([name, asked]) => {
    if (asked === undefined) return true;
    const given = narrow[name];
    return given !== undefined && [given].flat().every((value) => [asked].flat().includes(value));
  });
}
