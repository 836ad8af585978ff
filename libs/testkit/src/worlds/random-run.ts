import type { RunMode, RunRequest } from '../reference/steps.js';
import type { Dice } from './dice.js';
import { onlyGiven } from './random-settings.js';
import type { StandingPlan, Story } from './story.js';

/** What a run of a mode may be asked for. */
export interface RunChoice {
  readonly mode: RunMode;
  /** The run is to look at every item: settings or the day have changed. */
  readonly whole: boolean;
}

/** Names that an explosion can start from: open issues and real orders, planned orders. */
function startsOf(story: Story, { orders, firmed }: StandingPlan): readonly string[] {
  const real = [...story.open.values(), ...firmed];
  const lines = real.filter((image) => image.direction === 'issue' || image.order !== undefined);
  return [...lines.map(({ id }) => id), ...orders.map(({ name }) => name)];
}

function someItems(story: Story, dice: Dice): readonly string[] | undefined {
  const chosen = story.places.filter(() => dice.chance(0.4)).map(({ id }) => id);
  return chosen.length === 0 ? undefined : chosen;
}

/** A run as somebody may ask for it; undefined if there is nothing to explode. */
export function randomRun(
  { story, dice, plan }: { story: Story; dice: Dice; plan: StandingPlan },
  { mode, whole }: RunChoice,
): RunRequest | undefined {
  const scope = dice.perhaps(0.3, () => 'item' as const);
  if (mode !== 'explosion' && mode !== 'explosionRegeneration') {
    const items = whole ? undefined : dice.perhaps(0.5, () => someItems(story, dice));
    return onlyGiven({ mode, scope, items: items ?? undefined });
  }
  const starts = startsOf(story, plan);
  if (starts.length === 0) return undefined;
  const of = dice.pick(starts);
  if (mode === 'explosionRegeneration') return onlyGiven({ mode, of, scope });
  const options = {
    currentExplosion: dice.chance(0.5),
    markingAndReservation: dice.chance(0.25),
    autoReservation: dice.chance(0.25),
  };
  return { mode, of, options };
}
