import type { EventStore } from '@tidemark/streams';
import { adjusted, calendar, counted, event, item, opening, removed, sale } from '../bad-input.js';
import type { Json } from '../intake-company.js';
import {
  company,
  endOf,
  openIntake,
  openSharedLog,
  send,
  sending,
  withBetween,
  wrongIn,
  type Act,
} from './shared-log.js';

/** Two intakes of one company, each asked for one thing at once. */
interface Meeting {
  readonly what: string;
  /** Known to both before. */
  readonly given?: readonly Json[];
  readonly first: Act;
  readonly second: Act;
}

const group = (id: string, version = 1): Json =>
  event('coverageGroup.changed.v1', { id, coverage: { code: 'requirement' } }, { version });

const nonsense = sale({ id: 'SO-9', quantity: 'many' });

const giveUp: Act = async (intake) => {
  const [letter] = await intake.deadLetters(company);
  return intake.giveUp({ company, id: letter?.id ?? 'none' }, sending);
};

const sendAgain =
  (corrected: Json): Act =>
  async (intake) => {
    const [letter] = await intake.deadLetters(company);
    const { refused } = await intake.sendAgain(
      { company, id: letter?.id ?? 'none' },
      corrected,
      sending,
    );
    return refused;
  };

const meetings: readonly Meeting[] = [
  {
    what: 'a new order and its repeat',
    first: send(sale()),
    second: send(sale()),
  },
  {
    what: 'two versions of an order that is new to both',
    first: send(sale({ quantity: '4' }, { version: 1 })),
    second: send(sale({ quantity: '7' }, { version: 2 })),
  },
  {
    what: 'two versions of a known order',
    given: [sale()],
    first: send(sale({ quantity: '4' }, { version: 2 })),
    second: send(removed({}, { version: 3 })),
  },
  {
    what: 'one version of an order with two contents',
    first: send(sale({ quantity: '4' })),
    second: send(sale({ quantity: '7' })),
  },
  {
    what: 'a new order of two items',
    given: [item('RM')],
    first: send(sale({ item: 'FG' })),
    second: send(sale({ item: 'RM' }, { version: 2 })),
  },
  {
    what: 'an order removed before it came, of two items',
    given: [item('RM')],
    first: send(removed({ item: 'FG' })),
    second: send(sale({ item: 'RM' }, { version: 2 })),
  },
  {
    what: 'an order and the item it names',
    first: send(sale({ item: 'NEW' })),
    second: send(item('NEW')),
  },
  {
    what: 'an item and an order that names it',
    first: send(item('NEW')),
    second: send(sale({ item: 'NEW' })),
  },
  {
    what: 'one item twice, for which an order waits',
    given: [sale({ item: 'NEW' })],
    first: send(item('NEW')),
    second: send(item('NEW')),
  },
  {
    what: 'an item for which an order waits, and that order again',
    given: [sale({ item: 'NEW' })],
    first: send(item('NEW')),
    second: send(sale({ item: 'NEW' })),
  },
  {
    what: 'an item for which an order waits, and a newer version of the order',
    given: [sale({ item: 'NEW' })],
    first: send(item('NEW')),
    second: send(sale({ item: 'NEW', quantity: '9' }, { version: 2 })),
  },
  {
    what: 'an order parked by both',
    first: send(sale({ item: 'NEW' })),
    second: send(sale({ item: 'NEW' })),
  },
  {
    what: 'one version of an order of an unknown item with two contents',
    first: send(sale({ item: 'NEW', quantity: '4' })),
    second: send(sale({ item: 'NEW', quantity: '7' })),
  },
  {
    what: 'an item and the coverage group it names',
    first: send(item('NEW', { coverageGroup: 'G' })),
    second: send(group('G')),
  },
  {
    what: 'the group and the item of a chain in which one waits for the other',
    given: [sale({ item: 'NEW' })],
    first: send(item('NEW', { coverageGroup: 'G' })),
    second: send(group('G')),
  },
  {
    what: 'an item that waits for two things, which come at once',
    given: [item('NEW', { coverageGroup: 'G', calendar: 'CAL' }), sale({ item: 'NEW' })],
    first: send(group('G')),
    second: send(calendar({ openWeekdays: ['monday'] })),
  },
  {
    what: 'two versions of an item',
    first: send(item('NEW', { leadTime: 3 }, 1)),
    second: send(item('NEW', { leadTime: 5 }, 2)),
  },
  {
    what: 'one version of an item with two contents',
    first: send(item('NEW', { leadTime: 3 })),
    second: send(item('NEW', { leadTime: 5 })),
  },
  {
    what: 'two days',
    first: send(event('day.changed.v1', { day: '2026-03-03' }, { version: 2 })),
    second: send(event('day.changed.v1', { day: '2026-03-04' }, { version: 3 })),
  },
  {
    what: 'a plan and the choice of it',
    first: send(event('currentPlans.chosen.v1', { dynamic: 'other' })),
    second: send(event('plan.defined.v1', { id: 'other', continuity: 'exact' })),
  },
  {
    what: 'a count and a posting of one place',
    first: send(counted({ quantity: '10', asOf: '2026-03-01T12:00:00Z' })),
    second: send(adjusted({ quantity: '3' }, { time: '2026-03-01T11:00:00Z' })),
  },
  {
    what: 'the same count',
    first: send(counted()),
    second: send(counted()),
  },
  {
    what: 'postings that carry the stock out of range and back',
    given: [adjusted({ quantity: '9000000000' })],
    first: send(adjusted({ id: 'J-2', quantity: '9000000' })),
    second: send(adjusted({ id: 'J-3', quantity: '-9000000' })),
  },
  {
    what: 'the same nonsense',
    first: send(nonsense),
    second: send(nonsense),
  },
  {
    what: 'a dead letter given up by both',
    given: [nonsense],
    first: giveUp,
    second: giveUp,
  },
  {
    what: 'a dead letter sent again by both',
    given: [nonsense],
    first: sendAgain(sale({ id: 'SO-9' })),
    second: sendAgain(sale({ id: 'SO-9' })),
  },
  {
    what: 'a dead letter sent again and given up',
    given: [nonsense],
    first: sendAgain(sale({ id: 'SO-9' })),
    second: giveUp,
  },
];

interface Outcome {
  readonly told: readonly unknown[];
  readonly end: Json;
}

async function given(store: EventStore, events: readonly Json[] = []): Promise<void> {
  await send(...opening)(openIntake(store));
  if (events.length > 0) await send(...events)(openIntake(store));
}

/** One after the other, through one intake. */
async function inTurn({ given: known, first, second }: Meeting, turned: boolean): Promise<Outcome> {
  const store = openSharedLog();
  await given(store, known);
  const intake = openIntake(store);
  const early = await (turned ? second : first)(intake);
  const late = await (turned ? first : second)(intake);
  return { told: turned ? [late, early] : [early, late], end: await endOf(store) };
}

interface Met extends Outcome {
  readonly store: EventStore;
  /** The other one did come in between. */
  readonly hasMet: boolean;
}

/** The second acts before the so-many-th call of the first; both knew the log before. */
async function meet(meeting: Meeting, at: number): Promise<Met> {
  const store = openSharedLog();
  await given(store, meeting.given);
  const other = openIntake(store);
  await other.parked(company);
  const theirs: unknown[] = [];
  let isOn = false;
  let calls = 0;
  const one = openIntake(
    withBetween(store, async () => {
      if (!isOn) return;
      calls += 1;
      if (calls === at) theirs.push(await meeting.second(other));
    }),
  );
  await one.parked(company);
  isOn = true;
  const ours = await meeting.first(one);
  isOn = false;
  const hasMet = theirs.length > 0;
  if (!hasMet) theirs.push(await meeting.second(other));
  return { store, hasMet, told: [ours, ...theirs], end: await endOf(store) };
}

describe('two intakes on one log', () => {
  it.each(meetings.map((meeting) => [meeting.what, meeting] as const))(
    'come to what one of them comes to, whenever the other goes first: %s',
    async (_, meeting) => {
      const expected = [await inTurn(meeting, false), await inTurn(meeting, true)];
      let met = 0;
      for (let at = 1; ; at += 1) {
        const { store, hasMet, told, end } = await meet(meeting, at);
        expect([at, ...(await wrongIn(store))]).toEqual([at]);
        expect(expected.map((outcome) => outcome.end)).toContainEqual(end);
        expect(expected).toContainEqual({ told, end });
        if (!hasMet) break;
        met += 1;
      }
      expect(met).toBeGreaterThan(1);
    },
  );
});
