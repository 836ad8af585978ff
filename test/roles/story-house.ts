import type { AppProcess, Json } from '../restart/app-process.js';
import { Deployment, isReady, soon, until, type Engines } from './deployment.js';
import { lineKinds, Subscriber, type LineKind } from './subscriber.js';

export const company = '/v1/companies/acme';
export const plan = `${company}/plans/dynamic`;

export interface Taken {
  readonly accepted: number;
  readonly refused: number;
  readonly position: string;
}

export interface Listed {
  readonly revision: number;
  readonly items: readonly Json[];
  readonly total: number;
  readonly cursor?: string;
}

const event = (source: string, type: string, data: Json, version = 1) => {
  return { type, source, version, data };
};

/** A bike of two parts, one of them bought by the week. */
export const masterData = [
  event('desk', 'day.changed.v1', { day: '2026-11-25' }),
  event('desk', 'plan.defined.v1', { id: 'dynamic', continuity: 'exact' }),
  ...[
    { id: 'BIKE', leadTime: 2, coverage: { code: 'requirement', actions: { cancel: true } } },
    { id: 'WHEEL', orderType: 'purchase', leadTime: 5, coverage: { code: 'requirement' } },
    {
      id: 'BOLT',
      orderType: 'purchase',
      leadTime: 3,
      coverage: { code: 'period', periodDays: 7, minimum: '20' },
    },
  ].map((item) => event('desk', 'item.changed.v1', item)),
  event('desk', 'bom.changed.v1', {
    id: 'B',
    item: 'BIKE',
    lines: [
      { item: 'WHEEL', quantity: '2' },
      { item: 'BOLT', quantity: '8' },
    ],
  }),
];

export const sale = (number: number) =>
  event('shop', 'inventory.transaction.changed.v1', {
    id: `SO-${number}`,
    item: 'BIKE',
    direction: 'issue',
    type: 'salesOrder',
    quantity: String(1 + (number % 4)),
    date: `2026-12-${String(10 + (number % 18)).padStart(2, '0')}`,
  });

export const delivery = (number: number) =>
  event('warehouse', 'stock.adjusted.v1', {
    id: `DEL-${number}`,
    item: number % 2 === 0 ? 'WHEEL' : 'BOLT',
    quantity: String(1 + (number % 7)),
  });

/** Sends events one request after the other, as a system does; resolves to the last position. */
export async function send(intake: AppProcess, events: readonly Json[]): Promise<string> {
  let position = '';
  for (const one of events) {
    const { status, body } = await intake.call<Taken>(`${company}/events`, [one]);
    expect({ status, body }).toMatchObject({ status: 200, body: { accepted: 1 } });
    ({ position } = body);
  }
  return position;
}

export const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => first + at);

/** What names a line of a list, beside its node. */
const nameOf: Readonly<Record<LineKind, (line: Json) => unknown>> = {
  orders: ({ id }) => id,
  requirements: ({ id }) => id,
  coverage: ({ demand, supply }) => [demand, supply],
  messages: ({ kind, action, order, requirement }) => [kind, action, order, requirement],
};

/** Every node has stock on hand and may have a minimum of one name: the node is part of it. */
function byName(kind: LineKind, lines: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(
    lines.map((line) => {
      const { item, dimensions } = line;
      return [JSON.stringify([item, dimensions, nameOf[kind](line)]), line];
    }),
  );
}

/** The roles of the story, and what its systems have come to. */
export class StoryHouse {
  readonly deployment: Deployment;
  readonly intake: AppProcess;
  readonly api: AppProcess;
  readonly projector: AppProcess;
  planners: AppProcess[];
  readonly subscriber: Subscriber;
  /** Where the last event lies that was acknowledged. */
  position = '';

  private constructor(deployment: Deployment, intake: AppProcess) {
    this.deployment = deployment;
    this.intake = intake;
    this.api = deployment.start('api');
    this.projector = deployment.start('projector');
    this.planners = [deployment.start('planner'), deployment.start('planner')];
    this.subscriber = new Subscriber(this.api, plan);
  }

  static async on(engines: Engines): Promise<StoryHouse> {
    const deployment = await Deployment.on(engines);
    // The first one makes the tables.
    const intake = deployment.start('intake');
    await isReady(intake);
    const house = new StoryHouse(deployment, intake);
    for (const role of [house.api, house.projector, ...house.planners]) await isReady(role);
    return house;
  }

  async dispose(): Promise<void> {
    await this.subscriber.leave();
    await this.deployment.dispose();
  }

  /** The planner that plans the company now. */
  async holder(): Promise<AppProcess> {
    for (;;) {
      for (const planner of this.planners) {
        const { body } = await planner.call('/health/ready');
        if (JSON.stringify(body).includes('"acme":"plans"')) return planner;
      }
      await soon();
    }
  }
}

/** Who serves, who follows, and where the last event lies that was acknowledged. */
export interface Followed {
  readonly api: AppProcess;
  readonly subscriber: Subscriber;
  readonly position: string;
}

/** The subscriber's lines are those of the read models, row by row. */
export async function expectEqualPlans({ api, subscriber, position }: Followed): Promise<void> {
  for (const kind of lineKinds) {
    const path = `${plan}/${kind}?limit=1000&minPosition=${position}`;
    const { body, rows } = await wholeList(api, path);
    await until(() => subscriber.revision >= body.revision);
    expect([kind, subscriber.revision]).toEqual([kind, body.revision]);
    const listed = byName(kind, rows);
    const lines = byName(kind, subscriber.lines(kind));
    expect([kind, [...lines.keys()].toSorted()]).toEqual([kind, [...listed.keys()].toSorted()]);
    for (const [name, line] of lines) expect(listed.get(name)).toMatchObject(line);
  }
}

/** All pages of a list. */
async function wholeList(
  api: AppProcess,
  path: string,
): Promise<{ readonly body: Listed; readonly rows: readonly Json[] }> {
  const rows: Json[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await api.call<Listed>(`${path}${cursor}`);
    expect([path, status]).toEqual([path, 200]);
    rows.push(...body.items);
    if (body.cursor === undefined) return { body, rows };
    cursor = `&cursor=${encodeURIComponent(body.cursor)}`;
  }
}
