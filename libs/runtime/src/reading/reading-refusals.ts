import { wireRefusal, type WireRefusal } from '@tidemark/wire';

/** Why a question cannot be answered; each names what to do about it. */
export const readingRefusals = {
  plan: (plan: string, known: readonly string[]): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_PLAN',
      field: 'plan',
      message: `There is no plan ${plan}.`,
      remedy:
        known.length === 0
          ? 'Define one by the event plan.defined.v1.'
          : `Ask for one of ${known.join(', ')}.`,
      values: { plan },
      mentions: [plan],
    }),
  order: (order: string, plan: string): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_ORDER',
      field: 'order',
      message: `Plan ${plan} has no order ${order} now.`,
      remedy: 'Its need may have changed: look for the order that replaces it.',
      values: { order, plan },
      mentions: [order],
    }),
  position: (wanted: string, reached: string): WireRefusal =>
    wireRefusal({
      rule: 'POSITION_NOT_REACHED',
      field: 'minPosition',
      message: `What can be read has folded up to ${reached}, not up to ${wanted}.`,
      remedy: 'Ask again in a moment, with a position that an answer of this server gave.',
      values: { minPosition: wanted, position: reached },
    }),
} as const;
