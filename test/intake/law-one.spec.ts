import { Dice } from '@tidemark/testkit';
import { adjusted, counted, event, item, opening, removed, sale } from './bad-input.js';
import { IntakeCompany, type Json } from './intake-company.js';

const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
const items = ['FG', 'RM'];
const issueStatuses = ['onOrder', 'reservedPhysical', 'picked', 'deducted', 'sold'] as const;
const receiptStatuses = ['ordered', 'arrived', 'registered', 'received', 'purchased'] as const;
const pad = (count: number): string => String(count).padStart(2, '0');

/** One to six versions of each of a few transactions: images and removals with the last image. */
function histories(dice: Dice): readonly (readonly Json[])[] {
  return Array.from({ length: 8 }, (_, index) => {
    const id = `T-${index}`;
    const of = dice.pick(items);
    const makesIssue = dice.chance(0.5);
    return Array.from({ length: dice.between(1, 6) }, (_unused, before) => {
      const version = { version: before + 1 };
      const image = {
        id,
        item: of,
        direction: makesIssue ? 'issue' : 'receipt',
        type: makesIssue ? 'salesOrder' : 'purchaseOrder',
        status: dice.pick(makesIssue ? issueStatuses : receiptStatuses),
        quantity: String(dice.between(0, 9)),
        date: `2026-03-${pad(dice.between(1, 31))}`,
        dimensions: dice.chance(0.3) ? { warehouse: dice.pick(['W1', 'W2']) } : {},
        hold: dice.chance(0.1),
      };
      return dice.chance(0.2)
        ? removed({ id, item: of, last: image }, version)
        : sale(image, version);
    });
  });
}

/** All of these in any order, some of them more than once. */
function shuffled(dice: Dice, events: readonly Json[]): Json[] {
  const again = events.filter(() => dice.chance(0.4));
  const sent = [...events, ...again];
  for (let at = sent.length - 1; at > 0; at -= 1) {
    const other = dice.between(0, at);
    const [left, right] = [sent[at], sent[other]];
    if (left === undefined || right === undefined) continue;
    sent[at] = right;
    sent[other] = left;
  }
  return sent;
}

/** Sends all in batches cut at random places; the items come first, last or in between. */
async function companyAfter(dice: Dice, events: readonly Json[], others: readonly Json[]) {
  const company = new IntakeCompany();
  await company.give(opening);
  const sent = [...events];
  for (const other of others) sent.splice(dice.between(0, sent.length), 0, other);
  const counts = { accepted: 0, repeated: 0, olderIgnored: 0, parked: 0, refused: 0 };
  while (sent.length > 0) {
    const answer = await company.take(sent.splice(0, dice.between(1, 12)));
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
      counts[name] += answer[name];
    }
    if (dice.chance(0.2)) await company.plan();
  }
  return { company, counts };
}

/** What is left in the end: last images with their versions, stock, and the plan made of them. */
async function endOf(company: IntakeCompany, ids: readonly string[]): Promise<unknown> {
  const images = await Promise.all(ids.map((id) => company.transaction(id)));
  const stock = await Promise.all(items.map((name) => company.stock(name)));
  return { images, stock, parked: await company.parked(), plan: await company.wholePlan() };
}

const idsOf = (versions: readonly (readonly Json[])[]): readonly string[] =>
  versions.map((_, index) => `T-${index}`);

const material = item('RM', {
  orderType: 'purchase',
  coverageDimensions: ['warehouse'],
  coverage: { code: 'period', periodDays: 7 },
});

describe('law 1: nothing is lost, nothing counts twice', () => {
  it.each(seeds)(
    'the highest version counts, whatever is repeated, reordered or cut (seed %i)',
    async (seed) => {
      const dice = new Dice(seed);
      const versions = histories(dice);
      const last = versions.flatMap((of) => of.slice(-1));
      const inOrder = await companyAfter(dice, versions.flat(), [material]);
      const expected = await endOf(inOrder.company, idsOf(versions));
      for (let round = 1; round <= 3; round += 1) {
        const sent = shuffled(dice, versions.flat());
        const { company, counts } = await companyAfter(dice, sent, [material]);
        expect(counts.refused).toBe(0);
        expect(await endOf(company, idsOf(versions))).toEqual(expected);
        const inputs = await company.inputs();
        const again = await company.take(shuffled(dice, sent));
        expect(again).toMatchObject({ accepted: 0, parked: 0, refused: 0 });
        expect(await company.inputs()).toEqual(inputs);
        expect(await company.plan()).toEqual([]);
      }
      const lastOnly = await companyAfter(dice, last, [material]);
      expect(await endOf(lastOnly.company, idsOf(versions))).toEqual(expected);
    },
  );

  it.each(seeds)(
    'counts and postings that tell their time come to one stock in any order (seed %i)',
    async (seed) => {
      const dice = new Dice(seed);
      const moments = Array.from({ length: 12 }, (_, hour) => `2026-03-01T${pad(hour)}:00:00Z`);
      const postings = moments.map((time, index) =>
        adjusted({ id: `J-${index}`, quantity: String(dice.between(-9, 9)) }, { time }),
      );
      const counts = moments.slice(0, 3).map((_, index) => {
        const asOf = `2026-03-01T${pad(dice.between(index * 4, index * 4 + 3))}:30:00Z`;
        return counted({ id: `C-${index}`, quantity: String(dice.between(0, 50)), asOf });
      });
      const events = [...postings, ...counts];
      const stockAfter = async (sent: readonly Json[]): Promise<string> => {
        const { company, counts: told } = await companyAfter(dice, sent, []);
        expect(told.refused).toBe(0);
        return company.stock('FG');
      };
      const expected = await stockAfter(events);
      for (let round = 1; round <= 3; round += 1) {
        expect(await stockAfter(shuffled(dice, events))).toBe(expected);
      }
    },
  );

  it.each(seeds)('master data of the highest version counts (seed %i)', async (seed) => {
    const dice = new Dice(seed);
    const things = [1, 2, 3, 4, 5].flatMap((version) => [
      item('RM', { leadTime: dice.between(1, 9), orderType: 'purchase' }, version),
      event(
        'bom.changed.v1',
        {
          id: 'BOM',
          item: 'FG',
          lines: [{ item: 'RM', quantity: String(dice.between(1, 9)) }],
        },
        { version },
      ),
    ]);
    const made = [item('FG', {}, 2), sale()];
    const planAfter = async (sent: readonly Json[]): Promise<readonly string[]> => {
      const { company, counts } = await companyAfter(dice, sent, made);
      expect(counts.refused).toBe(0);
      expect(await company.parked()).toEqual([]);
      return company.wholePlan();
    };
    const expected = await planAfter(things);
    expect(expected.join()).toContain('"item":"RM"');
    for (let round = 1; round <= 3; round += 1) {
      expect(await planAfter(shuffled(dice, things))).toEqual(expected);
    }
  });
});
