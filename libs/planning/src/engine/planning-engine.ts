import {
  failed,
  planDayOf,
  success,
  type PlanDay,
  type Refusal,
  type Result,
  type StateExchange,
} from '@tidemark/kernel';
import type { Decision, PlannerCommand } from '../api/decisions.js';
import type { EngineOptions, PlanningEngine, PlanView, PromiseAnswer } from '../api/engine.js';
import type { PromiseRequest } from '../api/engine.js';
import type { PlanningInput } from '../api/inputs.js';
import type { ParameterFinding } from '../api/parameter-findings.js';
import type { PlanDefinition } from '../api/plan-definition.js';
import type { NodeCause, PlanRevision, RunRequest } from '../api/runs.js';
import { applyDecision } from '../decisions/apply-decision.js';
import { decideCommand } from '../decisions/decide.js';
import { dayDecisions } from '../decisions/fences.js';
import { confirmedSupply } from '../decisions/keep-supply.js';
import { explosionsOfEntry } from '../decisions/triggers.js';
import { checkParameters } from '../parameter-check/check-parameters.js';
import { promise } from '../promising/promise.js';
import { confirmedIssues } from '../state/kept-supply.js';
import { countEntries, exchangeWorld, type World } from '../state/plan-state.js';
import { VariantLevels } from '../world/levels.js';
import { MasterDataIndex } from '../world/master-data-index.js';
import { bomsChanged, type BomChange } from './changed-boms.js';
import { copyOver } from './copy-plan.js';
import { DeletedPlans } from './deleted-plans.js';
import { itemsExplodedInto } from './exploding-items.js';
import { chosenPlan } from './chosen-plan.js';
import { PastInputs } from './past-inputs.js';
import { PlanKeeper } from './plan-keeper.js';
import { copyRefusal, runRefusal, unknownPlan } from './plan-refusals.js';
import { watchOf } from '../explanation/run-trace.js';
import { viewOf } from './plan-view.js';
import { sessionOf } from './session-of.js';
import type { Session } from './working-set.js';

/** The planning core of one company (see `PlanningEngine`). */
export function createPlanningEngine(options: EngineOptions = {}): PlanningEngine {
  return new CompanyEngine(options);
}

class CompanyEngine implements PlanningEngine {
  readonly #world: World;
  readonly #plans = new Map<string, PlanKeeper>();
  readonly #deleted = new DeletedPlans();
  readonly past = new PastInputs();
  /** Counts changes of what findings are worked out from. */
  #masterVersion = 0;
  #today = 0;
  #position = '';
  #current: { dynamic?: string; static?: string } = {};
  constructor({ company = '', trace }: EngineOptions) {
    const master = new MasterDataIndex();
    const levels = new VariantLevels(master);
    this.#world = { master, levels, company, sequences: new Map(), ...watchOf(trace) };
  }

  *exchange(io: StateExchange): Generator<void, void, void> {
    exchangeWorld(this.#world, io);
    this.#deleted.exchange(io);
    this.#masterVersion = io.value(this.#masterVersion);
    this.#today = io.value(this.#today);
    this.#position = io.value(this.#position);
    this.#current = io.value(this.#current);
    for (const plan of io.value([...this.#plans.values()].map(({ definition }) => definition))) {
      const keeper = this.#plans.get(plan.id) ?? new PlanKeeper(this.#world, plan, this.#today);
      this.#plans.set(plan.id, keeper);
      yield* keeper.exchange(io);
    }
  }

  apply(input: PlanningInput, position: string): void {
    this.#position = position;
    if (input.kind === 'entry' || input.kind === 'decision') {
      this.past.add({ input, position });
      if (input.kind === 'entry') this.#addEntry(input, position);
      else this.#addDecision(input, position);
    } else {
      this.#masterVersion += 1;
      this.#addFact(input, position);
    }
  }

  #addEntry({ entry }: PlanningInput & { kind: 'entry' }, position: string): void {
    this.#world.company = entry.company;
    countEntries(this.#world, [entry]);
    this.#eachPlan((plan) => {
      plan.addEntry(entry, position);
      for (const trigger of explosionsOfEntry(plan, entry)) plan.trigger(trigger);
    }, position);
  }

  #addDecision({ decision }: PlanningInput & { kind: 'decision' }, position: string): void {
    if (decision.kind === 'ordersFirmed') countEntries(this.#world, decision.entries);
    const current = this.currentPlan('dynamic');
    this.#eachPlan((plan) => {
      applyDecision(plan, decision, { position, current: plan.definition.id === current });
    }, position);
  }

  #addFact(
    input: Exclude<PlanningInput, { kind: 'entry' } | { kind: 'decision' }>,
    position: string,
  ): void {
    const { master, levels } = this.#world;
    const cause = (name: string): NodeCause => ({ kind: 'settings', position, name });
    switch (input.kind) {
      case 'calendar':
        master.putCalendar(input.calendar);
        return this.#everywhere(cause(input.calendar.id));
      case 'coverageGroup':
        master.putGroup(input.group);
        return this.#everywhere(cause(input.group.id));
      case 'item':
        master.putItem(input.item);
        return this.#eachPlan((plan) => {
          plan.itemChanged(input.item.id, cause(input.item.id));
          plan.touchItems(itemsExplodedInto(master, input.item.id), cause(input.item.id));
        }, position);
      case 'billOfMaterial': {
        const old = master.bom(input.bom.id);
        const boms = old === undefined ? [input.bom] : [old, input.bom];
        master.putBom(input.bom);
        return this.#bomChanged({ boms, fromCircles: levels.bomChanged(...boms) }, position);
      }
      case 'billOfMaterialRemoved': {
        const old = master.removeBom(input.id);
        if (old === undefined) return;
        return this.#bomChanged({ boms: [old], fromCircles: levels.bomChanged(old) }, position);
      }
      case 'day':
        return this.#dayChanged(input.day, position);
      case 'planDefined':
        return this.#define(input.plan, position);
      case 'planDeleted':
        return this.#delete(input.plan, position);
      case 'currentPlans':
        this.#current = { ...this.#current, ...input };
    }
  }

  follow(plan: string): PlanRevision | undefined {
    const keeper = this.#plans.get(plan);
    if (keeper === undefined) return this.#deleted.takeLeave(plan);
    if (keeper.hasDecisions) return this.#commit(keeper, { mode: 'decision', items: undefined });
    const trigger = keeper.takeTrigger();
    if (trigger !== undefined) {
      return this.#commit(keeper, { mode: 'explosion', items: undefined, ...trigger });
    }
    if (keeper.definition.continuity === 'onRequest' || !keeper.isBehind()) return undefined;
    return this.#commit(keeper, { mode: 'follow', items: undefined });
  }

  resume(plan: string, revision: number): void {
    const keeper = this.#plans.get(plan);
    if (keeper !== undefined) keeper.numbers.revision = revision;
  }

  decideDay(plan: string, day: PlanDay): readonly Decision[] {
    const keeper = this.#plans.get(plan);
    return keeper?.isExact === true ? (dayDecisions(keeper, day) ?? []) : [];
  }

  checkRun(request: RunRequest): Result<{ plan: string; day: PlanDay }, Refusal> {
    const keeper = this.#keeper(request.plan);
    if (!keeper.ok) return keeper;
    const refused = runRefusal(keeper.value, request, [...this.#plans.values()]);
    if (refused !== undefined) return failed(refused);
    return success({ plan: keeper.value.definition.id, day: planDayOf(this.#today) });
  }

  run(request: RunRequest, position: string): Result<PlanRevision, Refusal> {
    const checked = this.checkRun(request);
    if (!checked.ok) return checked;
    const keeper = this.#keeper(checked.value.plan);
    if (!keeper.ok) return keeper;
    this.#position = position;
    keeper.value.tidemark = position;
    return success(this.#commit(keeper.value, sessionOf(keeper.value, request)));
  }

  decide(command: PlannerCommand): Result<readonly Decision[], Refusal> {
    const keeper = this.#keeper('plan' in command ? command.plan : undefined);
    return keeper.ok ? decideCommand(keeper.value, command) : keeper;
  }

  decideConfirmed(): readonly Decision[] {
    return [...this.#plans.values()].flatMap(confirmedSupply);
  }

  checkCopy(from: string, to: string): Refusal | undefined {
    return copyRefusal(from, to, this.#plans);
  }

  copyPlan(from: string, to: string, position: string): Result<PlanRevision, Refusal> {
    const refused = this.checkCopy(from, to);
    const source = this.#plans.get(from);
    const target = this.#plans.get(to);
    if (refused !== undefined) return failed(refused);
    if (source === undefined || target === undefined) return failed(unknownPlan(to));
    this.#position = position;
    target.numbers.position = position;
    return success(copyOver(source, target, { position, findings: this.#findings(source) }));
  }

  promise(request: PromiseRequest): Result<PromiseAnswer, Refusal> {
    const keeper = this.#keeper(request.plan);
    return keeper.ok ? promise(keeper.value, request) : keeper;
  }

  planIds(): readonly string[] {
    return [...this.#plans.keys()];
  }

  currentPlan(kind: 'dynamic' | 'static'): string {
    const defined = [...this.#plans.values()].map(({ definition }) => definition);
    return chosenPlan(kind, this.#current[kind], defined);
  }

  view(plan: string): PlanView | undefined {
    const keeper = this.#plans.get(plan);
    return keeper === undefined ? undefined : viewOf(keeper);
  }

  checkParameters(plan: string): readonly ParameterFinding[] {
    const keeper = this.#plans.get(plan);
    return keeper === undefined ? [] : checkParameters(keeper);
  }

  #commit(keeper: PlanKeeper, session: Session): PlanRevision {
    keeper.numbers.position = this.#position;
    return keeper.commit(session, () => this.#findings(keeper));
  }

  /** The plan named, or the current dynamic plan (PL-1). */
  #keeper(plan: string | undefined): Result<PlanKeeper, Refusal> {
    const id = plan ?? this.currentPlan('dynamic');
    const keeper = this.#plans.get(id);
    return keeper === undefined ? failed(unknownPlan(id)) : success(keeper);
  }

  #findings({ findings, state }: PlanKeeper): readonly Refusal[] {
    return findings.of(this.#world, state, this.#masterVersion * 2 ** 20 + state.nodes.size);
  }

  /** A new plan starts from all that was recorded before it: nothing of that is pending. */
  #define(plan: PlanDefinition, position: string): void {
    const known = this.#plans.get(plan.id);
    const keeper = known ?? new PlanKeeper(this.#world, plan, this.#today);
    keeper.state.definition = plan;
    const { confirmed } = keeper.state.keptSupply;
    for (const issue of confirmedIssues(keeper.state)) confirmed.add(issue);
    if (known === undefined) {
      keeper.numbers.revision = this.#deleted.lastNumberOf(plan.id);
      this.past.foldInto(keeper);
    }
    this.#plans.set(plan.id, keeper);
    keeper.tidemark = position;
    const cause = { kind: 'settings' as const, position, name: plan.id };
    keeper.touchEverything(cause);
    if (known === undefined && plan.continuity === 'onRequest') keeper.showAll(cause);
  }

  #delete(plan: string, position: string): void {
    const keeper = this.#plans.get(plan);
    if (keeper !== undefined) this.#deleted.add(keeper, position);
    this.#plans.delete(plan);
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

  #bomChanged(change: BomChange, position: string): void {
    this.#eachPlan((plan) => bomsChanged(plan, change, position), position);
  }

  #eachPlan(change: (plan: PlanKeeper) => void, position: string): void {
    for (const plan of this.#plans.values()) {
      change(plan);
      if (plan.definition.continuity !== 'onRequest') plan.tidemark = position;
    }
  }
}
