import {
  failed,
  planDayOf,
  refusal,
  success,
  type PlanDay,
  type Refusal,
  type Result,
} from '@tidemark/kernel';
import type { PlannerCommand, Decision } from '../api/decisions.js';
import type { PlanningEngine, PlanView, PromiseAnswer } from '../api/engine.js';
import type { PlanningInput } from '../api/inputs.js';
import { definePlan, type PlanDefinition } from '../api/plan-definition.js';
import type { NodeCause, PlanRevision, RunMode, RunRequest } from '../api/runs.js';
import { decideCommand } from '../decisions/decide.js';
import { applyDecision } from '../decisions/apply-decision.js';
import type { World } from '../state/plan-state.js';
import { VariantLevels } from '../world/levels.js';
import { MasterDataIndex } from '../world/master-data-index.js';
import { FindingsBook } from './findings.js';
import { PlanKeeper } from './plan-keeper.js';
import { viewOf } from './plan-view.js';

const modesReady: readonly RunMode[] = ['regeneration', 'netChange', 'netChangeMinimized'];

/** The planning core of one company (see `PlanningEngine`). */
export function createPlanningEngine(): PlanningEngine {
  return new CompanyEngine();
}

class CompanyEngine implements PlanningEngine {
  readonly #world: World;
  readonly #plans = new Map<string, PlanKeeper>();
  readonly #entries: { input: PlanningInput & { kind: 'entry' }; position: string }[] = [];
  readonly #findingsOf = new WeakMap<PlanKeeper, FindingsBook>();
  /** Counts changes of what findings are worked out from. */
  #masterVersion = 0;
  #today = 0;
  #current: { dynamic?: string; static?: string } = {};

  constructor() {
    const master = new MasterDataIndex();
    this.#world = { master, levels: new VariantLevels(master) };
  }

  apply(input: PlanningInput, position: string): void {
    const { master, levels } = this.#world;
    if (input.kind !== 'entry' && input.kind !== 'decision') this.#masterVersion += 1;
    switch (input.kind) {
      case 'calendar':
        master.putCalendar(input.calendar);
        return this.#everywhere({ kind: 'settings', position, name: input.calendar.id });
      case 'coverageGroup':
        master.putGroup(input.group);
        return this.#everywhere({ kind: 'settings', position, name: input.group.id });
      case 'item':
        master.putItem(input.item);
        return this.#itemChanged(input.item.id, {
          kind: 'settings',
          position,
          name: input.item.id,
        });
      case 'billOfMaterial': {
        const old = master.bom(input.bom.id);
        master.putBom(input.bom);
        levels.bomChanged(...(old === undefined ? [] : [old]), input.bom);
        return this.#bomChanged([input.bom, ...(old === undefined ? [] : [old])], position);
      }
      case 'billOfMaterialRemoved': {
        const old = master.removeBom(input.id);
        if (old === undefined) return;
        levels.bomChanged(old);
        return this.#bomChanged([old], position);
      }
      case 'entry':
        this.#entries.push({ input, position });
        return this.#eachPlan((plan) => plan.addEntry(input.entry, position), position);
      case 'decision':
        return this.#eachPlan((plan) => applyDecision(plan, input.decision, position), position);
      case 'day':
        return this.#dayChanged(input.day, position);
      case 'planDefined':
        return this.#define(input.plan, position);
      case 'planDeleted':
        this.#plans.delete(input.plan);
        return;
      case 'currentPlans':
        this.#current = { ...this.#current, ...input };
    }
  }

  follow(plan: string): PlanRevision | undefined {
    const keeper = this.#plans.get(plan);
    if (keeper === undefined || keeper.definition.continuity === 'onRequest') return undefined;
    if (!keeper.behind) return undefined;
    return keeper.commit({ mode: 'follow', items: undefined }, this.#findings(keeper));
  }

  resume(plan: string, revision: number): void {
    const keeper = this.#plans.get(plan);
    if (keeper !== undefined) keeper.revision = revision;
  }

  checkRun(request: RunRequest): Result<{ plan: string; day: PlanDay }, Refusal> {
    const keeper = this.#keeper(request.plan);
    if (!keeper.ok) return keeper;
    if (!modesReady.includes(request.mode)) return failed(notYet(`mode ${request.mode}`));
    const refused = this.#runRefusal(keeper.value.definition, request);
    if (refused !== undefined) return failed(refused);
    return success({ plan: keeper.value.definition.id, day: planDayOf(this.#today) });
  }

  run(request: RunRequest, position: string): Result<PlanRevision, Refusal> {
    const checked = this.checkRun(request);
    if (!checked.ok) return checked;
    const keeper = this.#keeper(checked.value.plan);
    if (!keeper.ok) return keeper;
    const items = request.items === undefined ? undefined : new Set(request.items);
    keeper.value.tidemark = position;
    return success(
      keeper.value.commit({ mode: request.mode, items }, this.#findings(keeper.value)),
    );
  }

  decide(command: PlannerCommand): Result<readonly Decision[], Refusal> {
    const keeper = this.#keeper('plan' in command ? command.plan : undefined);
    return keeper.ok ? decideCommand(keeper.value, command) : keeper;
  }

  checkCopy(): Refusal | undefined {
    return notYet('copying plans');
  }

  copyPlan(): Result<PlanRevision, Refusal> {
    return failed(notYet('copying plans'));
  }

  promise(): Result<PromiseAnswer, Refusal> {
    return failed(notYet('promises'));
  }

  planIds(): readonly string[] {
    return [...this.#plans.keys()];
  }

  currentPlan(kind: 'dynamic' | 'static'): string {
    const chosen = this.#current[kind];
    if (chosen !== undefined) return chosen;
    const plans = [...this.#plans.values()].map((keeper) => keeper.definition);
    const found =
      plans.find((plan) => plan.kind === kind) ?? plans.find((plan) => plan.kind === 'both');
    return (found ?? plans[0])?.id ?? 'dynamic';
  }

  view(plan: string): PlanView | undefined {
    const keeper = this.#plans.get(plan);
    return keeper === undefined ? undefined : viewOf(keeper);
  }

  #keeper(plan: string | undefined): Result<PlanKeeper, Refusal> {
    if (plan === undefined && this.#plans.size === 0) this.#define(definePlan('dynamic'), '');
    const id = plan ?? this.currentPlan('dynamic');
    const keeper = this.#plans.get(id);
    if (keeper !== undefined) return success(keeper);
    return failed(
      refusal('UNKNOWN_PLAN', `There is no plan ${id}.`, {
        mentions: [id],
        remedy: 'Define it, or name one of those that are listed.',
      }),
    );
  }

  #runRefusal(plan: PlanDefinition, request: RunRequest): Refusal | undefined {
    const part = request.items !== undefined || request.scope === 'item';
    if (plan.continuity === 'exact' && part) {
      return refusal('NOT_ON_EXACT_PLAN', `Plan ${plan.id} is exact: it is always planned whole.`, {
        mentions: [plan.id],
        remedy: 'Ask for a full regeneration, or use another plan.',
      });
    }
    const others = [...this.#plans.values()].some((other) => other.definition.kind !== 'static');
    if (plan.kind === 'static' && others && request.mode !== 'regeneration') {
      return refusal('NOT_ON_STATIC_PLAN', `Plan ${plan.id} is static: it is regenerated only.`, {
        mentions: [plan.id],
        remedy: 'Run a regeneration, or this mode on the dynamic plan.',
      });
    }
    return undefined;
  }

  #findings(keeper: PlanKeeper): readonly Refusal[] {
    const version = this.#masterVersion * 2 ** 20 + keeper.state.nodes.size;
    let book = this.#findingsOf.get(keeper);
    if (book === undefined) {
      book = new FindingsBook();
      this.#findingsOf.set(keeper, book);
    }
    return book.of(this.#world, keeper.state, version);
  }

  /** A new plan starts from all that was recorded before it: nothing of that is pending. */
  #define(plan: PlanDefinition, position: string): void {
    const keeper = this.#plans.get(plan.id) ?? new PlanKeeper(this.#world, plan, this.#today);
    keeper.state.definition = plan;
    if (!this.#plans.has(plan.id)) {
      for (const { input, position: at } of this.#entries) keeper.addEntry(input.entry, at);
      keeper.foldAll();
    }
    this.#plans.set(plan.id, keeper);
    keeper.tidemark = position;
    keeper.touchEverything({ kind: 'settings', position, name: plan.id });
  }

  #dayChanged(day: number, position: string): void {
    this.#today = day;
    this.#world.levels.dayChanged(day);
    const name = String(day);
    this.#eachPlan((plan) => {
      plan.today = planDayOf(day);
      plan.touchEverything({ kind: 'day', position, name });
    }, position);
  }

  #everywhere(cause: NodeCause): void {
    this.#eachPlan((plan) => plan.touchEverything(cause), cause.position);
  }

  #itemChanged(item: string, cause: NodeCause): void {
    this.#eachPlan((plan) => plan.itemChanged(item, cause), cause.position);
  }

  /** Producers are planned anew; levels below may have moved. */
  #bomChanged(boms: readonly { item: string; id: string }[], position: string): void {
    this.#eachPlan((plan) => {
      for (const bom of boms) {
        const cause: NodeCause = { kind: 'settings', position, name: bom.id };
        plan.itemChanged(bom.item, cause);
      }
      plan.relevel();
    }, position);
  }

  #eachPlan(change: (plan: PlanKeeper) => void, position: string): void {
    for (const plan of this.#plans.values()) {
      change(plan);
      if (plan.definition.continuity !== 'onRequest') plan.tidemark = position;
    }
  }
}

function notYet(feature: string): Refusal {
  return refusal('NOT_YET', `Tidemark cannot do this yet: ${feature}.`, { mentions: [feature] });
}
