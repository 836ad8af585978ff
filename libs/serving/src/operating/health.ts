/** Whether a process can do its work, and what it tells of it. */
export interface Readiness {
  readonly isReady: boolean;
  /** What is being waited for; absent when it is ready. */
  readonly missing?: string;
  /** Members of the answer when it is ready. */
  readonly told: Readonly<Record<string, unknown>>;
}

/** How a process is. */
export abstract class Health {
  /** Looks now; never throws. */
  abstract look(): Promise<Readiness>;
}
