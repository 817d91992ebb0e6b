/** An object or a list of a JSON text that is not closed yet. */
interface Open {
  /** The members that were met, by name; a list has none. */
  readonly names?: Set<string>;
  /** The member or the place in the list that is being read. */
  within: string | number;
}

/**
 * The path of the first member that an object of a JSON text gives twice, such as `["from", "address"]`; undefined when each is
 * given once. `JSON.parse` would take the last one and say nothing. The text must be JSON already; each of its characters
 * is looked at once.
 */
export function memberGivenTwice(json: string): (string | number)[] | undefined {
  const open: Open[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const inside = open.at(-1);
    switch (json[at]) {
      case "{":
        open.push({ names: new Set(), within: "" });
        break;
      case "[":
        open.push({ within: 0 });
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ",":
        if (typeof inside?.within === "number") inside.within += 1;
        break;
      case '"': {
        const end = endOfString(json, at);
        if (inside?.names !== undefined && isName(json, end)) {
          inside.within = String(JSON.parse(json.slice(at, end)));
          if (inside.names.has(inside.within)) return open.map(({ within }) => within);
          inside.names.add(inside.within);
        }
        at = end - 1;
      }
    }
  }
  return undefined;
}

/** Where the string that begins at a quotation mark is over. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Of JSON, a string before a colon is a member's name and nothing else is. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (json[at] === " " || json[at] === "\n" || json[at] === "\r" || json[at] === "\t") at += 1;
  return json[at] === ":";
}
