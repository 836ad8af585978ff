// A generated factory in a planning engine, and the proof that its plan is the reference plan.
import { createPlanningEngine } from '@tidemark/planning';
import { DatasetInputs } from './dataset-inputs.js';
import { ordersOf } from './engine-orders.js';
import { diffPlans, events, generate, parseArgs, planHash, referencePlan } from './gen-dataset.mjs';

export const planId = 'dynamic';

/** The factory of the generator's arguments, such as `medium --hot 0.3`, with so many changes. */
export function factoryOf(dataSet, changes = 0) {
  return generate(parseArgs(['--preset', ...dataSet.split(' '), '--changes', String(changes)]));
}

/** Snapshot inputs of a factory, in order: master data, entries, one exact plan. */
export function inputsOf(dataset) {
  const inputs = new DatasetInputs();
  const opening = [];
  for (const event of events(dataset)) {
    if (event.type === 'SnapshotEnded') break;
    opening.push(...inputs.snapshot(event));
  }
  opening.push(...inputs.end());
  return { inputs, opening };
}

export function load(dataset) {
  const { inputs, opening } = inputsOf(dataset);
  const engine = createPlanningEngine();
  for (const input of opening) engine.apply(input, '1');
  return { engine, inputs };
}

export function regenerate(engine) {
  const run = engine.run({ plan: planId, mode: 'regeneration' }, '2');
  if (!run.ok) throw new Error(run.failure.message);
  return run.value;
}

export function hashOf(engine) {
  return planHash(ordersOf(engine.view(planId)));
}

/** Why the plan is not the reference plan of the state; undefined if it is. */
export function faultOf(engine, state) {
  const mine = ordersOf(engine.view(planId));
  const { orders, hash } = referencePlan(state);
  if (planHash(mine) === hash) return undefined;
  const { missing, extra } = diffPlans(orders, mine, 3);
  return `not the reference plan: lacks ${missing.join(' | ')}; has too much ${extra.join(' | ')}`;
}
