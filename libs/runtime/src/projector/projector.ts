import type { Projection } from '@tidemark/projections';
import {
  comparePositions,
  committedOnly,
  createBell,
  origin,
  Outage,
  type Batch,
  type Bell,
  type EventStore,
  type Position,
  type ReadModelStore,
} from '@tidemark/streams';
import { retryLimits, type Retries } from '../intake/retries.js';
import { newTrack, openTracks } from './open-tracks.js';
import { Track } from './track.js';

export interface ProjectorOptions {
  readonly store: EventStore;
  readonly models: ReadModelStore;
  readonly projections: readonly Projection[];
  readonly clock: { now(): number };
  readonly retries: Retries;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How far a build has come: events folded so far, and the log's place it has reached. */
export interface BuildProgress {
  readonly events: number;
  readonly through: Position;
}

export interface ModelStatus {
  readonly model: string;
  readonly version: number;
  readonly generation: number;
  readonly through: Position;
  /** A newer build is being made beside this one. */
  readonly isRebuilding: boolean;
}

const eventsPerBatch = 500;

/**
 * Keeps the read models behind one read-model store current: follows the log from their checkpoint,
 * builds new ones beside those that are served, and switches between two batches.
 */
export class Projector {
  readonly #options: ProjectorOptions;
  /** Rings after each write; silent once no more will come. */
  readonly bell: Bell = createBell();
  readonly #stopping = new AbortController();
  readonly #building = new Map<string, Promise<void>>();
  #main = new Track([], { through: origin, resume: origin });
  #isServed = false;
  /** Tracks that were behind at the start and have not come up yet. */
  #behind = 0;
  /** Where the log ended at the start: what is built for the first time is served from there on. */
  #firstHead: Position = origin;
  #last: Promise<unknown> = Promise.resolve();
  #behindSince: number | undefined;
  #foldedEvents = 0;
  #failure: unknown;
  #following: Promise<void> | undefined;

  constructor(options: ProjectorOptions) {
    this.#options = options;
  }

  /** Why no more is folded; undefined while all is well. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Everything up to here can be read. */
  get through(): Position {
    return this.#main.through;
  }

  /** Events folded by this process, without those of rebuilds. */
  get foldedEvents(): number {
    return this.#foldedEvents;
  }

  /** Every read model holds what the log held at the start. */
  get isReady(): boolean {
    return this.#isServed && this.#behind === 0 && this.#main.hasReached(this.#firstHead);
  }

  /** For how many seconds the read models have been behind the log; 0 if they are not. */
  lagSeconds(): number {
    const millisecondsPerSecond = 1_000;
    if (this.#behindSince === undefined) return 0;
    return (this.#options.clock.now() - this.#behindSince) / millisecondsPerSecond;
  }

  /** Resolves when everything up to `position` can be read, or no more is folded. */
  async reached(position: Position): Promise<void> {
    while (!(this.isReady && this.#main.hasReached(position)) && !this.bell.silenced) {
      await this.bell.next(this.bell.rings, undefined);
    }
  }

  status(): readonly ModelStatus[] {
    return this.#main.builds.map(({ projection: { shape }, generation }) => ({
      model: shape.name,
      version: shape.version,
      generation: generation.number,
      through: this.#main.through,
      isRebuilding: this.#building.has(shape.name),
    }));
  }

  /** Finds where it stood and follows on from there; `onFailure` is told why it ended. */
  async start(onFailure: (failure: unknown) => void): Promise<void> {
    const { store, models, projections, retries, clock } = this.#options;
    this.#firstHead = await retries.run(() => store.head());
    const opened = await openTracks(models, projections, this.#firstHead);
    this.#main = opened.main;
    this.#isServed = opened.isServed;
    if (!this.#main.hasReached(this.#firstHead)) this.#behindSince = clock.now();
    await this.#serveFirst();
    const fail = (failure: unknown): void => {
      if (this.#stopping.signal.aborted) return;
      this.#failure = failure;
      this.bell.silence();
      onFailure(failure);
    };
    this.#following = this.#follow().catch(fail);
    this.#behind = opened.behind.length;
    for (const track of opened.behind) void this.#bringUp(track).catch(fail);
  }

  /**
   * Builds read models anew beside those that are served, which go on; resolves when the new ones
   * have taken their place. Of one that is being built already, that build is what is waited for.
   */
  async rebuild(
    names: readonly string[],
    onProgress: (progress: BuildProgress) => void = () => undefined,
  ): Promise<void> {
    if (!this.#isServed) return this.#firstBuild(onProgress);
    const { projections, models } = this.#options;
    const running = names.flatMap((name) => this.#building.get(name) ?? []);
    const wanted = projections.filter(
      ({ shape: { name } }) => names.includes(name) && !this.#building.has(name),
    );
    if (wanted.length > 0) running.push(this.#build(await newTrack(models, wanted), onProgress));
    await Promise.all(running);
  }

  /** What has never been built is being built already. */
  async #firstBuild(onProgress: (progress: BuildProgress) => void): Promise<void> {
    while (!this.#isServed && !this.bell.silenced) {
      await this.bell.next(this.bell.rings, undefined);
      onProgress({ events: this.#foldedEvents, through: this.#main.through });
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.bell.silence();
    await this.#following;
    await Promise.allSettled(this.#building.values());
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    for (let attempt = 1; ; attempt += 1) {
      const before = this.#main.through;
      try {
        return await this.#followLog();
      } catch (failure) {
        if (signal.aborted) return;
        if (this.#main.through !== before) attempt = 1;
        const passes = failure instanceof Outage && !failure.fatal;
        if (!passes || attempt >= retryLimits.attempts) throw failure;
        await this.#options.sleep(retryLimits.firstPauseMs * 2 ** (attempt - 1));
      }
    }
  }

  async #followLog(): Promise<void> {
    const { store, clock } = this.#options;
    const { signal } = this.#stopping;
    const { through: released, resume: after } = this.#main.checkpoint;
    const batches = store.follow({ after, signal, limit: eventsPerBatch });
    for await (const batch of committedOnly(batches, { after, released })) {
      // What was folded before the last stop comes along again up to here.
      if (comparePositions(batch.through, this.#main.through) <= 0) continue;
      this.#behindSince ??= clock.now();
      await this.#serially(async () => {
        await this.#main.fold(batch, this.#options);
        await this.#serveFirst();
      });
      this.#foldedEvents += batch.events.length;
      if (batch.atHead) this.#behindSince = undefined;
      this.bell.ring();
    }
  }

  /** What is built for the first time answers once it holds what the log held at the start. */
  async #serveFirst(): Promise<void> {
    if (this.#isServed || !this.#main.hasReached(this.#firstHead)) return;
    await this.#serve(this.#main);
    this.#isServed = true;
  }

  async #bringUp(track: Track): Promise<void> {
    await this.#build(track, () => undefined);
    this.#behind -= 1;
    this.bell.ring();
  }

  #build(track: Track, onProgress: (progress: BuildProgress) => void): Promise<void> {
    const names = track.builds.map(({ projection }) => projection.shape.name);
    const building = this.#catchUp(track, onProgress).finally(() => {
      for (const name of names) this.#building.delete(name);
    });
    for (const name of names) this.#building.set(name, building);
    return building;
  }

  /** Folds a track up to where the main one is, then lets it take its place among those. */
  async #catchUp(track: Track, onProgress: (progress: BuildProgress) => void): Promise<void> {
    const { through: released, resume: after } = track.checkpoint;
    let events = 0;
    const batches = committedOnly(this.#upToMain(after), { after, released });
    for await (const batch of batches) {
      if (this.#stopping.signal.aborted) return;
      const hasJoined = await this.#serially(async () => {
        if (comparePositions(batch.through, track.through) > 0) {
          await track.fold(batch, this.#options);
        }
        if (track.through !== this.#main.through) return false;
        await this.#serve(track);
        this.#main.join(track);
        return true;
      });
      events += batch.events.length;
      onProgress({ events, through: track.through });
      if (hasJoined) return this.bell.ring();
    }
  }

  /** The log from `after` to where the main track stands, which may move on meanwhile. */
  async *#upToMain(after: Position): AsyncGenerator<Batch, void, void> {
    const { store, retries } = this.#options;
    for (let from = after; ;) {
      const limit = this.#main.through;
      const reading = { after: from, limit: eventsPerBatch };
      const batch = await retries.run(() => store.readAll(reading));
      const isBeyond = comparePositions(batch.through, limit) > 0;
      const through = isBeyond ? limit : batch.through;
      const events = isBeyond
        ? batch.events.filter(({ position }) => comparePositions(position, limit) <= 0)
        : batch.events;
      yield { events, through, atHead: false };
      from = through;
    }
  }

  async #serve({ builds }: Track): Promise<void> {
    const { models, retries } = this.#options;
    for (const { generation } of builds) await retries.run(() => models.serve(generation));
  }

  #serially<Value>(action: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(action, action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
