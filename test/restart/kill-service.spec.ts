import { jest } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Dice } from '@tidemark/testkit';
import { runCli } from '../cli/run-cli.js';
import { company, Customer, opening, plans } from './customers.js';
import { ChangeFollower, everything, rowsOf } from './plan-reader.js';
import { buildService, newFolder, NoAnswer, removeFolders, Service } from './service.js';

const kills = Number(process.env['TIDEMARK_SERVICE_KILLS'] ?? 50);
const seed = Number(process.env['TIDEMARK_KILL_SEED'] ?? randomInt(1_000_000_000));
const customersAtOnce = 4;
const answersMax = 25;
const sampled = 3;
// A bound for a machine that does much else; nothing here waits.
const killMilliseconds = 60_000;
jest.setTimeout(killMilliseconds * (kills + 5));

/** The installation, who uses it, and how it dies. */
class Installation {
  readonly folder = join(newFolder(), 'data');
  readonly follower = new ChangeFollower();
  readonly customers: readonly Customer[];
  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
    this.customers = Array.from(
      { length: customersAtOnce },
      (_, at) => new Customer(`C${at}`, new Dice(seed + 1 + at)),
    );
  }

  /** Starts it on what the last one left; everything acknowledged is there. */
  async start(): Promise<Service> {
    const service = new Service(this.folder);
    await service.address();
    for (const customer of this.customers) {
      await customer.askAgain(service, sampled);
      await customer.settle(service);
    }
    await this.follower.readOn(service);
    return service;
  }

  /** Dies while it starts: as soon as it listens, mostly with its plans not folded yet. */
  async dieStarting(): Promise<void> {
    const service = new Service(this.folder);
    await service.listening;
    service.kill();
    await service.ended('SIGKILL');
  }

  /** Dies after so many answers, with requests of all other customers on their way. */
  async dieWorking(): Promise<void> {
    const service = await this.start();
    const mostAnswers = this.#dice.between(1, answersMax);
    let answers = 0;
    const work = async (customer: Customer): Promise<void> => {
      while (answers < mostAnswers) {
        await customer.act(service);
        answers += 1;
        if (answers === mostAnswers) service.kill();
      }
    };
    const outcomes = await Promise.allSettled(this.customers.map(work));
    // It may live on if a customer met with something else.
    service.kill();
    await service.ended('SIGKILL');
    for (const outcome of outcomes) if (outcome.status === 'rejected') passOn(outcome.reason);
  }

  get position(): string {
    return this.customers.map(({ position }) => position).reduce((a, b) => (a > b ? a : b), '');
  }
}

/** The service died before it answered: that is what this is about. Anything else is a failure. */
function passOn(reason: unknown): void {
  if (!(reason instanceof NoAnswer)) throw reason;
}

async function checkFigures(service: Service, { customers, position }: Installation) {
  const requirements = await rowsOf(service, { plan: 'exact', list: 'requirements' }, position);
  const sold = requirements.filter(({ id }) => String(id).startsWith('SO-'));
  const demands = customers.flatMap((customer) => customer.demands());
  expect(new Map(sold.map(({ id, quantity }) => [id, quantity]))).toEqual(new Map(demands));
  expect(sold).toHaveLength(demands.length);
  const stock = await rowsOf(service, { plan: 'exact', list: 'stock' }, position);
  const pieces = customers
    .flatMap(({ deliveries }) => deliveries)
    .reduce((sum, delivery) => sum + delivery.pieces, 0);
  expect(stock.find(({ item }) => item === 'RM')).toMatchObject({ onHand: String(pieces) });
  const orders = await rowsOf(service, { plan: 'exact', list: 'orders' }, position);
  const ids = orders.map(({ id }) => String(id));
  const created = customers.flatMap((customer) => customer.orders);
  expect(ids.filter((id) => created.includes(id)).toSorted()).toEqual(created.toSorted());
}

describe(`the whole service, killed at any moment (seed ${seed})`, () => {
  beforeAll(buildService);
  afterAll(removeFolders);

  it(`restarts by itself, with nothing lost and nothing twice: ${kills} times`, async () => {
    const dice = new Dice(seed);
    const house = new Installation(dice);
    const first = new Service(house.folder);
    const opened = await first.call(`${company}/events`, opening);
    expect(opened.body).toMatchObject({ accepted: opening.length });
    first.kill();
    await first.ended('SIGKILL');
    for (let kill = 1; kill < kills; kill += 1) {
      if (dice.chance(0.2)) await house.dieStarting();
      else await house.dieWorking();
    }
    const last = await house.start();
    for (const customer of house.customers) await customer.askAgain(last);
    await checkFigures(last, house);
    const standing = await everything(last, house.position);
    await last.stop();
    expect(house.follower.revisions).toBeGreaterThan(kills);

    const verified = await runCli(['verify', '--data', house.folder]);
    for (const plan of plans) {
      const said = `${verified.stdout}${verified.stderr}`;
      expect(said).toMatch(new RegExp(`acme ${plan}: .*: equal`));
    }
    expect(verified.code).toBe(0);

    // A process that has nothing but the log comes to the very same plans.
    const copy = join(newFolder(), 'data');
    cpSync(house.folder, copy, { recursive: true });
    rmSync(join(copy, 'snapshots'), { recursive: true });
    const fresh = new Service(copy);
    expect(await everything(fresh, house.position)).toEqual(standing);
    await fresh.stop();
  });
});
