/**
 * What is put behind zod's module of parsers in a bundle: what was parsed of a deeply frozen value is remembered, for as
 * long as the value is there. A table in memory gives the same frozen item at each reading, where a process of the desk
 * gets a new copy; both are parsed to the same, and nobody can change either.
 */
const REMEMBERING = `
const deeplyFrozen = new WeakSet();
const isDeeplyFrozen = (value) => typeof value !== "object" || value === null || deeplyFrozen.has(value) ||
  (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen) && deeplyFrozen.add(value) !== undefined);
const frozen = (value) => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
};
function remembering(parse) {
  const known = new WeakMap();
  return (schema, value, ctx, params) => {
    if (ctx !== undefined || typeof value !== "object" || value === null || !Object.isFrozen(value)) {
      return parse(schema, value, ctx, params);
    }
    const remembered = known.get(value)?.get(schema);
    if (remembered !== undefined) return remembered;
    const parsed = parse(schema, value, ctx, params);
    if (isDeeplyFrozen(value)) {
      if (!known.has(value)) known.set(value, new Map());
      known.get(value).set(schema, frozen(parsed));
    }
    return parsed;
  };
}`;

const PARSERS = ["parse", "decode", "safeDecode"];

/** Zod's module of parsers, with those that remember. Throws when zod writes them otherwise. */
export function rememberParsed(source: string): string {
  return (
    PARSERS.reduce((contents, name) => {
      const parser = new RegExp(`export const ${name} = /\\* @__PURE__\\*/ (_${name}\\(errors\\.\\$ZodRealError\\));`);
      if (!parser.test(contents)) throw new Error(`zod has no parser that is written as: export const ${name}`);
      return contents.replace(parser, `export const ${name} = remembering($1);`);
    }, source) + REMEMBERING
  );
}
