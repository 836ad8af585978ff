import { parsePlanDay, quantityOf } from '@tidemark/kernel';
import type { PlanRevision, RunRequest } from '@tidemark/planning';
import { chooseCurrentPlan } from '@tidemark/runtime';
import type { ScenarioPromise, ScenarioStep } from '@tidemark/wire';
import { performChange, send } from './perform-change.js';
import { millionths, type Scene } from './scene.js';
import { asking } from './small-house.js';

/** Performs a step that changes or asks; expectations are checked elsewhere. */
export async function performStep(
  scene: Scene,
  step: ScenarioStep,
): Promise<readonly PlanRevision[]> {
  const { planner } = scene.house;
  if (step.today !== undefined) {
    await send(scene, 'day.changed.v1', { day: step.today });
    return [];
  }
  scene.clearRefusal();
  if (step.run !== undefined) return run(scene, step.run);
  if (step.copyPlan !== undefined) {
    const { from, to } = step.copyPlan;
    const outcome = await planner.copyPlan(from, to, asking);
    if (!outcome.ok) scene.refuse(outcome.failure);
  }
  if (step.setCurrent !== undefined) {
    const outcome = await chooseCurrentPlan(scene.house, step.setCurrent.dynamic, {
      ...asking,
      version: scene.nextVersion(),
    });
    if (outcome !== undefined) scene.refuse(outcome);
  }
  if (step.promise !== undefined) await promise(scene, step.promise);
  for (const change of step.change ?? []) await performChange(scene, change);
  return [];
}

async function run(
  scene: Scene,
  request: NonNullable<ScenarioStep['run']>,
): Promise<readonly PlanRevision[]> {
  const of = request.of === undefined ? {} : { of: scene.names.resolve(request.of) };
  const asked: RunRequest = { ...request, ...of };
  const outcome = await scene.house.planner.run(asked, asking);
  if (outcome.ok) return outcome.value.revisions;
  scene.refuse(outcome.failure);
  return [];
}

async function promise(scene: Scene, asked: ScenarioPromise): Promise<void> {
  const day = parsePlanDay(asked.date);
  if (!day.ok) return scene.refuse(day.failure);
  const request = {
    ...asked,
    dimensions: asked.dimensions ?? {},
    quantity: quantityOf(millionths(asked.quantity)),
    date: day.value,
  };
  const outcome = await scene.house.planner.ask((plans) => plans.promise(request));
  if (outcome.ok) scene.promises.set(asked.id, outcome.value);
  else scene.refuse(outcome.failure);
}
