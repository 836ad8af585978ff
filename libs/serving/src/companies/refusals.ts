import { readingRefusals } from '@tidemark/runtime';
import { wireLimits, wireRefusal, type WireRefusal } from '@tidemark/wire';

/** Why a read or a command cannot be answered; each names what to do about it. */
export const refusals = {
  ...readingRefusals,
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
  cursor: (cursor: string): WireRefusal =>
    wireRefusal({
      rule: 'BAD_CURSOR',
      field: 'cursor',
      message: `The cursor ${JSON.stringify(cursor.slice(0, 80))} does not belong to this list.`,
      remedy: 'Use the cursor of the page before, with the same filters; or leave it out.',
    }),
  readModel: (model: string, known: readonly string[]): WireRefusal =>
    wireRefusal({
      rule: 'UNKNOWN_READ_MODEL',
      field: 'model',
      message: `There is no read model ${model}.`,
      remedy: `Name one of ${known.join(', ')}, or all.`,
      values: { model },
      mentions: [model],
    }),
} as const;
