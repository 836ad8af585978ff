import { wireLimits, wireRefusal, type WireRefusal } from '@tidemark/wire';

/** Why a read or a command cannot be answered; each names what to do about it. */
export const refusals = {
  company: (company: string): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_COMPANY',
      field: 'company',
      message: `Company ${company} has no events.`,
      remedy: 'Check its name, or send it a first event.',
      values: { company },
      mentions: [company],
    }),
  companyName: (company: string): WireRefusal =>
    wireRefusal({
      rule: 'ID_FORMAT',
      field: 'company',
      message:
        `Company ${JSON.stringify(company)} is not a text of 1 to ` +
        `${wireLimits.companyCharacters} visible characters without / and %.`,
      remedy: 'Name the company as its source does.',
      values: { company },
    }),
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
  letter: (letter: string): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_LETTER',
      field: 'letter',
      message: `No dead letter ${letter} is open.`,
      remedy: 'List the dead letters: it may have been settled already.',
      values: { letter },
      mentions: [letter],
    }),
  revision: (revision: string, last: number): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_REVISION',
      field: 'revision',
      message: `The plan has no revision ${revision}; its last one is ${last}.`,
      remedy: 'Ask for one that the plan has published.',
      values: { revision, last: String(last) },
    }),
  position: (wanted: string, reached: string): WireRefusal =>
    wireRefusal({
      rule: 'POSITION_NOT_REACHED',
      field: 'minPosition',
      message: `The plan has folded up to ${reached}, not up to ${wanted}.`,
      remedy: 'Ask again in a moment, with a position that an answer of this server gave.',
      values: { minPosition: wanted, position: reached },
    }),
  cursor: (cursor: string): WireRefusal =>
    wireRefusal({
      rule: 'BAD_CURSOR',
      field: 'cursor',
      message: `The cursor ${JSON.stringify(cursor.slice(0, 80))} does not belong to this list.`,
      remedy: 'Use the cursor of the page before, with the same item; or leave it out.',
    }),
} as const;
