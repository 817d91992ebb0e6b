/**
 * The line (counted from 1) on which the value that a JSON pointer names begins, in a text that is valid JSON. Where the
 * pointer leads to nothing, the line of the last value on the way.
 */
export function lineOfPointer(text: string, pointer: string): number {
  const steps = pointer.split("/").slice(1).map(unescaped);
  let at = afterSpace(text, 0);
  for (const step of steps) {
    const child = childAt(text, at, step);
    if (child === undefined) break;
    at = child;
  }
  return text.slice(0, at).split("\n").length;
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function afterSpace(text: string, at: number): number {
  while (/\s/.test(text.charAt(at))) at += 1;
  return at;
}

/** Where a member of the object or list that begins at `at` begins; undefined when it has none of the name. */
function childAt(text: string, at: number, step: string): number | undefined {
  const opening = text.charAt(at);
  if (opening !== "{" && opening !== "[") return undefined;

  let place = afterSpace(text, at + 1);
  for (let index = 0; !/[}\]]|^$/.test(text.charAt(place)); index += 1) {
    let name = String(index);
    if (opening === "{") {
      const end = afterValue(text, place);
      name = JSON.parse(text.slice(place, end));
      place = afterSpace(text, afterSpace(text, end) + 1);
    }
    if (name === step) return place;
    place = afterSpace(text, afterValue(text, place));
    if (text.charAt(place) === ",") place = afterSpace(text, place + 1);
  }
  return undefined;
}

/** Where the value that begins at `at` has ended. */
function afterValue(text: string, at: number): number {
  let depth = 0;
  for (let place = at; place < text.length; place += 1) {
    const character = text.charAt(place);
    if (character === '"') place = endOfString(text, place);
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    if (depth < 0) return place;
    if (depth === 0 && /[,:}\]\s]/.test(text.charAt(place + 1))) return place + 1;
  }
  return text.length;
}

/** The place of the quotation mark that ends the string which begins at `at`. */
function endOfString(text: string, at: number): number {
  let place = at + 1;
  while (place < text.length && text.charAt(place) !== '"') place += text.charAt(place) === "\\" ? 2 : 1;
  return place;
}
