import { decide } from './decisions.js';
import { arrivalOf, delayMessages, delaysOf, type Delays } from './delays.js';
import { isToFirm } from './fences.js';
import { firm } from './firming.js';
import { count, openLedger, remove, upsert, withBomId, type Ledger } from './ledger.js';
import { inFirmingOrder } from './levels.js';
import { runOf } from './modes.js';
import { uncoveredOf } from './pegs.js';
import { promisedDay } from './promise.js';
import type { Run } from './run.js';
import { emptyState, type ActionMessage, type DelayMessage } from './state.js';
import type { Peg, PlannedOrder, PlanState } from './state.js';
import type { Change, PromiseRequest, RunRequest, Step } from './steps.js';
import { compareMaking, onHandOf, ordersAt } from './supplies.js';
import type { Amount, Day } from './values.js';
import { groundOf, keepPlaces, nodesOf, termsAt, type View } from './view.js';
import type { ReferenceWorld } from './world.js';

/** What a plan says. */
export interface PlanReading {
  /** Orders with the delivery dates that delays of their components leave. */
  readonly orders: readonly PlannedOrder[];
  readonly coverage: readonly Peg[];
  readonly delays: readonly DelayMessage[];
  readonly actions: readonly ActionMessage[];
  /** Demands that nothing covers in full, with the open quantity. */
  readonly uncovered: ReadonlyMap<string, Amount>;
}

/** Quantities by the name of the node; nodes without stock are left out. */
export type StockOfNode = Readonly<Record<string, Amount>>;

/** One plan by the book, at the steps of a history. Slow, and plain to read. */
export class ReferencePlanner {
  readonly #ledger: Ledger;
  readonly #state: PlanState;

  /** The plan has folded the opening state and planned nothing. */
  constructor(world: ReferenceWorld, plan = 'dynamic') {
    this.#ledger = openLedger(world);
    this.#state = {
      ...emptyState(plan, world.today, this.#ledger.master),
      images: new Map(this.#ledger.images),
      stock: new Map(this.#ledger.stock),
    };
  }

  get #view(): View {
    return { ledger: this.#ledger, state: this.#state };
  }

  take(step: Step): Run | undefined {
    if ('today' in step) this.#ledger.today = step.today;
    if ('change' in step) for (const change of step.change) this.#change(change);
    const run = 'run' in step ? this.#run(step.run) : undefined;
    keepPlaces(this.#view);
    return run;
  }

  #run(request: RunRequest): Run {
    this.#state.day = this.#ledger.today;
    const run = runOf(this.#view, request);
    if (request.mode !== 'explosion') this.#firmByFence();
    return run;
  }

  /** TF-3: what the firming fence has reached, in the order of `inFirmingOrder`. */
  #firmByFence(): void {
    const view = this.#view;
    const { firmingAllowed, continuity } = groundOf(view).plan;
    if (firmingAllowed === false || continuity === 'exact') return;
    const nodes = inFirmingOrder(view, groundOf(view), nodesOf(view));
    const orders = nodes.flatMap((node) =>
      ordersAt(view, node)
        .filter((order) => isToFirm(view, node, order))
        .toSorted((a, b) => a.requirementDay - b.requirementDay || compareMaking(a, b)),
    );
    if (orders.length > 0) firm(view, orders);
  }

  #change(change: Change): void {
    const ledger = this.#ledger;
    if (decide(this.#view, change)) return;
    if ('upsert' in change) upsert(ledger, change.upsert);
    else if ('remove' in change) remove(ledger, change.remove);
    else if ('onHand' in change) count(ledger, change.onHand);
    else this.#changeMaster(change);
    this.#state.master = ledger.master;
  }

  #changeMaster(change: Change): void {
    const { master } = this.#ledger;
    const put = (more: Partial<Ledger['master']>): void => {
      this.#ledger.master = { ...master, ...more };
    };
    if ('item' in change) put({ items: { ...master.items, ...change.item } });
    if ('group' in change) put({ groups: { ...master.groups, ...change.group } });
    if ('calendar' in change) put({ calendars: { ...master.calendars, ...change.calendar } });
    if (!('bom' in change)) return;
    const bom = withBomId(change.bom, master.boms.length);
    const at = master.boms.findIndex((one) => one.id === bom.id);
    put({ boms: at < 0 ? [...master.boms, bom] : master.boms.with(at, bom) });
  }

  /** Section 15: when a quantity can be promised. */
  promise(request: PromiseRequest): Day {
    return promisedDay(this.#view, request);
  }

  /** Stock that is there to be planned with, by node. */
  stock(): StockOfNode {
    const view = { ledger: this.#ledger, state: { ...this.#state, stock: this.#ledger.stock } };
    const stocked = nodesOf(view).map((node): [string, Amount] => {
      const unused = termsAt(view, node).settings.onHandConsumption === 'none';
      return [node.key, unused ? 0 : onHandOf(view, node)];
    });
    return Object.fromEntries(stocked.filter(([, quantity]) => quantity > 0));
  }

  read(): PlanReading {
    const view = this.#view;
    const nodes = inFirmingOrder(view, groundOf(view), nodesOf(view));
    const delays = delaysOf(view, nodes);
    const open = [...delays.demands.values()].map((demand): [string, Amount] => [
      demand.key,
      uncoveredOf(view, demand),
    ]);
    return {
      orders: this.#state.orders.map((order) => shown(view, delays, order)),
      coverage: this.#state.pegs,
      delays: delayMessages(delays),
      actions: this.#state.actions,
      uncovered: new Map(open.filter(([, quantity]) => quantity > 0)),
    };
  }
}

/** DL-1, DL-6: the delivery date shown, and with the option the requirement date too. */
function shown(view: View, delays: Delays, order: PlannedOrder): PlannedOrder {
  const arrival = arrivalOf(delays, order.id);
  if (arrival === undefined) return order;
  const moves = groundOf(view).plan.setRequirementDateToDelayedDate === true;
  const requirementDay: Day = moves
    ? Math.max(order.requirementDay, arrival.available)
    : order.requirementDay;
  return { ...order, deliveryDay: arrival.delivery, requirementDay };
}

/**
 * Plans a world by the book, from nothing: coverage, delays, actions (NE-1). Fences that decide by
 * the day decide nothing, as on an exact plan (TF-2, TF-3).
 */
export function regenerate(world: ReferenceWorld, plan = 'dynamic'): PlanReading {
  const exact = { ...world.plans?.[plan], continuity: 'exact' } as const;
  const planner = new ReferencePlanner(
    { ...world, plans: { ...world.plans, [plan]: exact } },
    plan,
  );
  planner.take({ run: { mode: 'regeneration' } });
  return planner.read();
}
