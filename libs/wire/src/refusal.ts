import type { Refusal } from '@tidemark/kernel';

/**
 * Bad input at the edge, told as a value: the rule it breaks, where, the values and what to do.
 *
 * `code` is the class of the refusal as callers know it (`INVALID_QUANTITY`), `rule` the rule that
 * is broken (`QTY_SCALE`); where there is no class they are the same.
 */
export interface WireRefusal extends Refusal {
  readonly rule: string;
  readonly field: string;
  readonly values: Readonly<Record<string, string>>;
  readonly remedy: string;
}

export interface RefusalText {
  readonly rule: string;
  readonly code?: string;
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly mentions?: readonly string[];
}

export function wireRefusal(text: RefusalText): WireRefusal {
  const { rule, field, message, remedy } = text;
  return {
    code: text.code ?? rule,
    rule,
    field,
    message,
    remedy,
    values: text.values ?? {},
    mentions: text.mentions ?? [],
  };
}

/** The refusal of a kernel reading, with the class callers know and the place it stands at. */
export function atField(inner: Refusal, field: string, value: string): WireRefusal {
  return wireRefusal({
    rule: inner.code,
    code: classOf(inner.code),
    field,
    message: inner.message,
    remedy: inner.remedy ?? 'Correct it in the source.',
    values: { [field]: value },
    mentions: inner.mentions,
  });
}

/** FORMAT's code of a rule about quantities, dates or statuses; else the rule's own name. */
export function classOf(rule: string): string {
  if (rule.startsWith('QTY_')) return 'INVALID_QUANTITY';
  if (rule.startsWith('DATE')) return 'INVALID_DATE';
  if (rule.startsWith('STATUS')) return 'INVALID_STATUS';
  return rule;
}

const shownMax = 80;

/** A value as a message shows it: JSON text, cut after 80 characters. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}
