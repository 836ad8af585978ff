import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

interface Outcome {
  readonly id: string;
  readonly outcome: 'ok' | 'failed' | 'notYet' | 'leftOut';
  readonly because: readonly string[];
}

const root = join(import.meta.dirname, '..');

/** Runs the scenario files as a user does; the outcomes come as JSON whatever the exit code. */
function outcomesOf(...options: string[]): Outcome[] {
  const command = [join(root, 'tools', 'tidemark.mjs'), 'scenario', '--json', ...options];
  const folder = join(root, 'test', 'scenarios');
  const run = (): string => {
    try {
      return execFileSync(process.execPath, [...command, folder], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      });
    } catch (failure) {
      const told = failure as { readonly status?: number; readonly stdout?: string };
      if (told.status === 1 && told.stdout !== undefined) return told.stdout;
      throw failure;
    }
  };
  return JSON.parse(run()) as Outcome[];
}

describe('planning scenarios', () => {
  const outcomes = outcomesOf();

  it('are all found', () => {
    expect(outcomes.length).toBeGreaterThan(150);
  });

  it.each(outcomes.map(({ id, outcome, because }) => [id, outcome, because] as const))(
    '%s holds',
    (_, outcome, because) => {
      expect([outcome, ...because]).toEqual(['ok']);
    },
  );
});

describe('planning scenarios on a plan that follows each change exactly', () => {
  const outcomes = outcomesOf('--continuity', 'exact').filter(
    ({ outcome }) => outcome !== 'leftOut',
  );

  it('are found', () => {
    expect(outcomes.length).toBeGreaterThan(90);
  });

  it.each(outcomes.map(({ id, outcome, because }) => [id, outcome, because] as const))(
    '%s holds before each run',
    (_, outcome, because) => {
      expect([outcome, ...because]).toEqual(['ok']);
    },
  );
});
