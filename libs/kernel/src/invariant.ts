/** A defect of ours: the run that meets it stops, the last revision stands (DESIGN section 7). */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/**
 * States what must be true here, whatever comes in.
 *
 * @throws InvariantBroken with the law and the values, if it is not true.
 */
export function invariant(
  holds: boolean,
  law: string,
  values: Readonly<Record<string, unknown>> = {},
): asserts holds {
  if (!holds) throw new InvariantBroken(`${law}: ${JSON.stringify(values)}`);
}

/** The value, which is there by construction; an absent one is a defect. */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new InvariantBroken(`${what} is there`);
  return value;
}

/** Closes a `switch` over a union: the compiler names the member that is missing. */
export function unreachable(value: never): never {
  throw new InvariantBroken(`unknown kind ${JSON.stringify(value)}`);
}
