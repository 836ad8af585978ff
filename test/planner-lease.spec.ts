import { openMemoryEventStore } from '@tidemark/memory';
import { leaseLimits, PlannerLease, readHolder, type Timer } from '@tidemark/runtime';

const company = 'acme';

/** Time passes when everybody waits: each wait ends at once, and is counted. */
class WaitCounter implements Timer {
  waits = 0;

  at(_: number, act: () => void): () => void {
    this.waits += 1;
    setImmediate(act);
    return () => undefined;
  }
}

function house() {
  const store = openMemoryEventStore();
  const up = new Set<string>();
  const lease = (holder: string) => {
    const timer = new WaitCounter();
    const made = new PlannerLease({
      store,
      process: { company, holder, address: `http://${holder}` },
      retries: { run: (action) => action() },
      clock: { now: () => 0 },
      timer,
      isUp: (other) => Promise.resolve(up.has(other.holder)),
    });
    return { lease: made, timer };
  };
  return { store, up, lease };
}

const never = new AbortController().signal;

describe('one of several processes plans a company', () => {
  it('the first one that asks', async () => {
    const { store, lease } = house();
    expect(await lease('A').lease.acquire(never)).toBe(true);
    expect((await readHolder(store, company)).process?.holder).toBe('A');
  });

  it('another one when it has left, without looking for signs of life', async () => {
    const { store, up, lease } = house();
    const first = lease('A').lease;
    await first.acquire(never);
    up.add('A');
    await first.leave();
    const second = lease('B');
    expect(await second.lease.acquire(never)).toBe(true);
    expect(second.timer.waits).toBe(0);
    expect((await readHolder(store, company)).process?.holder).toBe('B');
  });

  it('another one when it gives no answer so many times in a row', async () => {
    const { up, lease } = house();
    up.add('A');
    await lease('A').lease.acquire(never);
    const second = lease('B');
    const waiting = second.lease.acquire(never);
    while (second.timer.waits < 5) await new Promise(setImmediate);
    up.delete('A');
    const before = second.timer.waits;
    expect(await waiting).toBe(true);
    expect(second.timer.waits - before).toBeLessThanOrEqual(leaseLimits.silentLooks);
  });

  it('and never two: of those who find nobody, one is first', async () => {
    const { store, up, lease } = house();
    const names = ['A', 'B', 'C'];
    const stopping = new AbortController();
    const tries = names.map(async (name) => {
      const got = await lease(name).lease.acquire(stopping.signal);
      if (got) up.add(name);
      return got;
    });
    await Promise.any(tries);
    const { process } = await readHolder(store, company);
    stopping.abort();
    const got = await Promise.all(tries);
    expect(names.filter((_, at) => got[at])).toEqual([process?.holder]);
  });

  it('tells who is replaced', async () => {
    const { lease } = house();
    const first = lease('A').lease;
    await first.acquire(never);
    const lost = first.lost(never);
    await lease('B').lease.acquire(never);
    await lost;
  });
});
