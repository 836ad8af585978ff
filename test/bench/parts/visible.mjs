// From the answer to a sender until readers of the API see what was sent: changes of a factory come
// at a steady rate, in processes as they are run. And how long a company has no planner
// when one is killed.
import { rmSync } from 'node:fs';
import { datasetImport } from '@tidemark/admin';
import { ascending, at, figure } from '../figures.mjs';
import { company, generated, roles, standalone } from '../visible/installations.mjs';

const rates = [200, 1_000];
const seconds = 10;
/** Longer nobody waits for what was sent: then the installation does not keep up. */
const seenMs = 60_000;
const tickMs = 50;
const changesKept = 30_000;
const lookMs = 20;
const plan = `/v1/companies/${company}/plans/dynamic`;
const usual = ['embedded', 'postgres', 'eventstore'];

export async function visible({ dataSet }) {
  const made = generated(dataSet, changesKept);
  const wanted = process.env.TIDEMARK_BENCH_ENGINES?.split(',') ?? usual;
  const figures = [];
  try {
    const changes = await changesOf(made.changed);
    if (wanted.includes('embedded'))
      figures.push(...(await measure(await standalone(made), { dataSet, changes })));
    if (wanted.includes('postgres'))
      figures.push(...(await measure(await roles(made), { dataSet, changes })));
    const eventstore = process.env.TIDEMARK_EVENTSTORE ?? '';
    if (eventstore === '') {
      console.error('EventStoreDB: skipped, no server (set TIDEMARK_EVENTSTORE)');
    } else if (wanted.includes('eventstore')) {
      figures.push(...(await measure(await roles(made, eventstore), { dataSet, changes })));
    }
    return figures;
  } finally {
    rmSync(made.folder, { recursive: true, force: true });
  }
}

/** What systems send after the snapshot, with quantities as text. */
async function changesOf(file) {
  const { steps, source } = datasetImport(file);
  const events = [];
  for await (const step of steps) if (step.kind === 'event') events.push({ ...step.event, source });
  return events.slice(-changesKept).map(({ data, ...event }) => {
    const { quantity } = data;
    return { ...event, data: quantity === undefined ? data : { ...data, quantity: `${quantity}` } };
  });
}

async function measure(house, { dataSet, changes }) {
  try {
    const [first, ...rest] = changes;
    const { body } = await send(house, [first]);
    const started = performance.now();
    await seen(house, body.position);
    const { name } = house;
    const ready = (performance.now() - started) / 1_000;
    const figures = [figure(`${name}: started, until the plan is seen`, ready, 's')];
    for (const rate of rates) {
      const run = await steady(house, { rate, changes: rest.splice(0, rate * seconds) });
      figures.push(...run.figures);
      for (const { figure: name, value, unit } of run.figures) {
        console.error(`${name} ${Math.round(value)} ${unit}`);
      }
      if (run.unseen > 0) break;
    }
    if (house.planners.length > 0) figures.push(await takeOver(house));
    return figures.map((one) => ({ ...one, dataSet }));
  } finally {
    await house.end();
  }
}

async function send({ wayIn }, events) {
  const answer = await wayIn.call(`/v1/companies/${company}/events`, events);
  if (answer.status !== 200 || answer.body.refused > 0) throw new Error(JSON.stringify(answer));
  return answer;
}

/** Until a reader who asks for this position is answered from it. */
async function seen(house, position) {
  while ((await standOf(house, position)) === undefined) await pause(lookMs);
}

/** Up to where the plan that is read has folded; undefined if not yet so far. */
async function standOf({ readers }, position) {
  const path = `${plan}/orders?limit=1&minPosition=${position}`;
  const { status, body } = await readers.call(path);
  return status === 200 ? body.tidemark : undefined;
}

/**
 * One reader who looks again and again, as a page does: one for each batch would be a load of its
 * own. Resolves with the milliseconds from each acknowledgement until it was visible.
 */
async function watch(house, waiting, { isEnding, until }) {
  const shown = [];
  while (waiting.length > 0 || !isEnding()) {
    const [oldest] = waiting;
    const stand = oldest === undefined ? undefined : await standOf(house, oldest.position);
    const now = performance.now();
    if (stand !== undefined) {
      // Positions of one log have one length: their texts go as they do.
      const last = stand > oldest.position ? stand : oldest.position;
      while (waiting.length > 0 && waiting[0].position <= last) {
        shown.push(now - waiting.shift().told);
      }
    } else if (now > until) break;
    else await pause(lookMs);
  }
  return shown;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Requests at a steady pace, whatever the answers take. */
async function steady(house, { rate, changes }) {
  const perTick = (rate * tickMs) / 1_000;
  const [answered, waiting] = [[], []];
  const begun = performance.now();
  let isEnding = false;
  const until = begun + seconds * 1_000 + seenMs;
  const watching = watch(house, waiting, { isEnding: () => isEnding, until });
  const one = async (events) => {
    const sent = performance.now();
    const { body } = await send(house, events);
    const told = performance.now();
    answered.push(told - sent);
    const at = waiting.findIndex(({ position }) => position > body.position);
    waiting.splice(at < 0 ? waiting.length : at, 0, { position: body.position, told });
  };
  const under = [];
  for (let tick = 0; tick * perTick < changes.length; tick += 1) {
    await pause(Math.max(0, begun + tick * tickMs - performance.now()));
    under.push(one(changes.slice(tick * perTick, (tick + 1) * perTick)));
  }
  const sending = performance.now() - begun;
  await Promise.all(under);
  isEnding = true;
  const shown = await watching;
  const behind = performance.now() - begun - sending;
  const unseen = waiting.length * perTick;
  return {
    unseen,
    figures: figuresOf(`${house.name}, ${rate} events/s`, { answered, shown, behind, unseen }),
  };
}

function figuresOf(label, { answered, shown, behind, unseen }) {
  const of = (name, values, part) => figure(`${label}: ${name}`, at(ascending(values), part), 'ms');
  return [
    of('sent to acknowledged, p50', answered, 0.5),
    of('sent to acknowledged, p99', answered, 0.99),
    of('acknowledged to visible, p50', shown, 0.5),
    of('acknowledged to visible, p99', shown, 0.99),
    figure(`${label}: looked at after the last was sent`, behind, 'ms'),
    figure(`${label}: not visible by then`, unseen, 'events'),
  ];
}

/** Kills the planner that plans the company. */
async function takeOver(house) {
  const holder = await holderOf(house.planners);
  const killed = performance.now();
  holder.kill();
  await holder.ended('SIGKILL');
  house.planners = house.planners.filter((planner) => planner !== holder);
  await holderOf(house.planners);
  const took = (performance.now() - killed) / 1_000;
  return figure(`${house.name}: a standby plans after kill -9`, took, 's');
}

async function holderOf(planners) {
  for (;;) {
    for (const planner of planners) {
      const { body } = await planner.call('/health/ready');
      if (JSON.stringify(body).includes(`"${company}":"plans"`)) return planner;
    }
    await pause(lookMs);
  }
}
