import { type Document, isNode, LineCounter, parseDocument, visit } from "yaml";
import { Failure } from "../failure.ts";

/** The longest file that is read, in characters. */
export const FILE_MAX = 1_000_000;
/** How deep lists and objects may stand in each other. */
export const DEPTH_MAX = 50;
/** How many values the aliases of a file may stand for. */
export const ALIASES_MAX = 100;

/** What a file says, and where in it each value stands. */
export interface PlacedDocument {
  readonly value: unknown;
  /** The "line:column" of a value, or of the nearest one around it that is there. */
  placeOf(path: readonly (string | number)[]): string;
}

/** Reads YAML, and JSON as the YAML that it is. Throws a Failure that names file, line and column of the first fault. */
export function readPlaced(text: string, path: string): PlacedDocument {
  if (text.length > FILE_MAX) {
    throw new Failure(`${path} has ${text.length} characters; at most ${FILE_MAX} are read.`);
  }
  return deepEnough(path, () => {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [fault] = document.errors;
    // The parser takes an exhausted stack for a fault of the text.
    if (fault?.message.startsWith("Maximum call stack")) throw tooDeep(path);
    if (fault !== undefined) throw new Failure(`${path}:${written(lines, fault.pos[0])}: ${fault.message}.`);

    refuseUnknownAliases(document, (offset) => `${path}:${written(lines, offset)}`);
    const value: unknown = withFewAliases(path, () => document.toJS({ maxAliasCount: ALIASES_MAX }));
    checkDepth(value, path);
    return {
      value,
      placeOf: (keys) => {
        for (let length = keys.length; length > 0; length -= 1) {
          const node = document.getIn(keys.slice(0, length), true);
          if (isNode(node) && node.range) return written(lines, node.range[0]);
        }
        return "1:1";
      },
    };
  });
}

function written(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${line}:${col}`;
}

function refuseUnknownAliases(document: Document.Parsed, placeAt: (offset: number) => string): void {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      const at = placeAt(alias.range?.[0] ?? 0);
      throw new Failure(`${at}: nothing before it has the anchor &${alias.source}; write the value itself.`);
    },
  });
}

function withFewAliases<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new Failure(`${path}: its aliases stand for more than ${ALIASES_MAX} values; write the values themselves.`);
  }
}

/** What stands in itself a thousand times over exhausts the reader before anybody can count. */
function deepEnough<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(path);
    throw error;
  }
}

function checkDepth(value: unknown, path: string, around: readonly unknown[] = []): void {
  if (around.length > DEPTH_MAX) throw tooDeep(path);
  if (typeof value !== "object" || value === null) return;
  if (around.includes(value)) {
    throw new Failure(`${path}: an alias in it leads back to what it stands in; write the value itself.`);
  }
  for (const item of Object.values(value)) checkDepth(item, path, [...around, value]);
}

function tooDeep(path: string): Failure {
  return new Failure(`${path}: lists and objects stand more than ${DEPTH_MAX} deep in each other.`);
}
