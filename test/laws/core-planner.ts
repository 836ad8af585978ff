import { planDayOf, type Refusal } from '@tidemark/kernel';
import type { Decision, PlanDefinition, PlannerCommand, PlanningInput } from '@tidemark/planning';
import type { PlanRevision, RunRequest } from '@tidemark/planning';
import type { Change, Dice, ReferenceWorld, StandingPlan } from '@tidemark/testkit';
import type { Step, Transaction } from '@tidemark/testkit';
import { commandOf } from './commands.js';
import { FedEngine, planId } from './fed-engine.js';
import { OrderNames } from './order-names.js';
import { linesOfView } from './plan-lines.js';
import { bomInput, calendarInput, groupInput, itemInput, WorldFeed } from './world-inputs.js';

/** The planning core at the steps of a history, as its owner drives it. */
export class CorePlanner {
  readonly fed = new FedEngine();
  readonly names = new OrderNames();
  /** The revisions that the opening state led to. */
  readonly opening: readonly PlanRevision[];
  readonly #feed = new WorldFeed();
  /** Open transactions that firming made, in the names of the history. */
  readonly #firmed = new Map<string, Transaction>();
  readonly #open = new Map<string, Transaction>();
  /** Why the last command or run was refused. */
  refused: Refusal | undefined;

  constructor(world: ReferenceWorld, continuity: PlanDefinition['continuity'] = 'exact') {
    for (const image of world.transactions ?? []) this.#open.set(image.id, image);
    this.fed.feed(this.#feed.opening(world, continuity));
    this.opening = this.#follow();
    this.#learn();
  }

  /** Takes a step; the revisions that it led to. */
  take(step: Step): readonly PlanRevision[] {
    this.refused = undefined;
    const revisions = this.#take(step);
    this.#learn();
    return revisions;
  }

  /** What the journals make of a change that they have seen before. */
  repeatedInputs(dice: Dice): readonly PlanningInput[] {
    return this.#feed.repeat(dice);
  }

  /** The last images of transactions of sources that are not removed. */
  openImages(): readonly Transaction[] {
    return [...this.#open.values()];
  }

  lines(): readonly string[] {
    return linesOfView(this.fed.view, this.names);
  }

  standing(): StandingPlan {
    const orders = this.fed.view.rowsOf().flatMap((node) => node.orders);
    const named = orders.map((order) => ({
      name: this.names.nameOf(order.id),
      item: order.item,
      status: order.status,
      quantity: order.quantity,
      requirementDay: order.requirementDate,
    }));
    return {
      orders: named.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
      firmed: [...this.#firmed.values()],
    };
  }

  #take(step: Step): readonly PlanRevision[] {
    if ('today' in step) return this.#nextDay(step.today);
    if ('run' in step) return this.#run(step.run);
    if (!('change' in step)) throw new Error('A history has runs, changes and days');
    return step.change.flatMap((change) => {
      const command = commandOf(change, this.names);
      if (command !== undefined) return this.#decide(command);
      this.fed.feed(this.#inputsOf(change));
      return this.#follow();
    });
  }

  #run(request: Extract<Step, { run: object }>['run']): readonly PlanRevision[] {
    const of = request.of === undefined ? undefined : this.names.idOf(request.of);
    const asked = JSON.stringify({ ...request, of, plan: planId });
    const made = this.fed.engine.run(JSON.parse(asked) as RunRequest, this.fed.position);
    if (!made.ok) {
      this.refused = made.failure;
      return [];
    }
    this.#learn();
    return [made.value, ...this.#record(made.value.decisions)];
  }

  /** Fences decide before anything else is planned on the new day. */
  #nextDay(day: number): readonly PlanRevision[] {
    const decisions = this.fed.engine.decideDay(planId, planDayOf(day));
    this.fed.feed([{ kind: 'day', day: planDayOf(day) }]);
    return this.#record(decisions);
  }

  #decide(command: PlannerCommand): readonly PlanRevision[] {
    const decided = this.fed.engine.decide(command);
    if (decided.ok) return this.#record(decided.value);
    this.refused = decided.failure;
    return [];
  }

  #record(decisions: readonly Decision[]): readonly PlanRevision[] {
    for (const decision of decisions) {
      this.fed.feed([{ kind: 'decision', decision }]);
      if (decision.kind === 'ordersFirmed') this.#takeFirmed(decision);
    }
    return this.#follow();
  }

  /** Follows, and records what the core decides by itself about confirmed demand (MO-19). */
  #follow(): readonly PlanRevision[] {
    const revisions = this.fed.settle();
    const decisions = this.fed.engine.decideConfirmed();
    return decisions.length === 0 ? revisions : [...revisions, ...this.#record(decisions)];
  }

  #takeFirmed({ entries }: Extract<Decision, { kind: 'ordersFirmed' }>): void {
    this.#feed.takeFirmed(entries);
    for (const { assert } of entries) {
      if (assert === undefined) continue;
      const { company: _, reference: __, ...image } = assert;
      const id = this.names.nameOf(assert.id);
      const order = this.names.nameOf(assert.order ?? '');
      this.#firmed.set(id, { ...image, id, order, dimensions: { ...assert.dimensions } });
    }
  }

  #inputsOf(change: Change): readonly PlanningInput[] {
    if ('upsert' in change) {
      this.#open.set(change.upsert.id, change.upsert);
      return this.#feed.upsert(this.#withIds(change.upsert));
    }
    if ('remove' in change) {
      this.#open.delete(change.remove);
      return this.#feed.remove({ id: change.remove });
    }
    if ('onHand' in change) return this.#feed.count(change.onHand);
    if ('item' in change) return Object.entries(change.item).map(([id, one]) => itemInput(id, one));
    if ('group' in change) {
      return Object.entries(change.group).map(([id, one]) => groupInput(id, one));
    }
    if ('calendar' in change) {
      return Object.entries(change.calendar).map(([id, one]) => calendarInput(id, one));
    }
    if ('bom' in change) return [bomInput(change.bom)];
    throw new Error(`${Object.keys(change).join()} is a command`);
  }

  #withIds(image: Transaction): Transaction {
    const { origin, order, markedTo } = image;
    const id = (name: string | undefined) =>
      name === undefined ? undefined : this.names.idOf(name);
    if (origin !== undefined) this.#firmed.delete(origin);
    return { ...image, origin: id(origin), order: id(order), markedTo: id(markedTo) };
  }

  #learn(): void {
    this.names.learn(this.fed.view.rowsOf());
  }
}
