/** The outcome of something that may be refused: a value, or the reason why there is none. */
export type Result<Value, Failure> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failed<Failure>(failure: Failure): {
  readonly ok: false;
  readonly failure: Failure;
} {
  return { ok: false, failure };
}

/**
 * Bad input, told as a value: what is wrong (`code`), in a sentence with the values and what to do
 * about it (`message`), where (`field`), and the names it concerns (`mentions`).
 */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly mentions: readonly string[];
  readonly remedy?: string;
}

export function refusal(
  code: string,
  message: string,
  more: { field?: string; mentions?: readonly string[]; remedy?: string } = {},
): Refusal {
  return {
    code,
    message,
    mentions: more.mentions ?? [],
    ...(more.field === undefined ? {} : { field: more.field }),
    ...(more.remedy === undefined ? {} : { remedy: more.remedy }),
  };
}
