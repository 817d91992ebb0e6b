/**
 * Remembers up to `capacity` answers of a pure function, by its argument. When there are more, the one that was worked
 * out first is forgotten, so that memory stays bounded whatever is asked.
 */
export function remember<Argument, Answer>(
  capacity: number,
  answer: (argument: Argument) => Answer,
): (argument: Argument) => Answer {
  const known = new Map<Argument, Answer>();

  return (argument) => {
    const before = known.get(argument);
    if (before !== undefined) return before;

    const found = answer(argument);
    if (known.size >= capacity) {
      const [oldest] = known.keys();
      known.delete(oldest as Argument);
    }
    known.set(argument, found);
    return found;
  };
}
