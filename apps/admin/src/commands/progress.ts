const everyOnTerminal = 200;
const everyInFile = 5_000;

/** How far long work has come, told on standard error. */
export interface Progress {
  /** `fraction` (0 to 1) gives the time left; absent: nobody knows it. */
  at(done: number, fraction?: number): void;
  /** Clears the line, so that what follows stands alone. */
  end(): void;
}

/** Tells items done, rate and time left: in place on a terminal, else every five seconds. */
export function startProgress(label: string, unit: string): Progress {
  const isTerminal = process.stderr.isTTY;
  const every = isTerminal ? everyOnTerminal : everyInFile;
  const started = performance.now();
  let told = started;
  let isShown = false;
  return {
    at(done, fraction) {
      const now = performance.now();
      if (now - told < every) return;
      told = now;
      isShown = isTerminal;
      const text = progressText({ label, unit, done, seconds: (now - started) / 1000, fraction });
      process.stderr.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    end() {
      if (isShown) process.stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}

interface ProgressFigures {
  readonly label: string;
  readonly unit: string;
  readonly done: number;
  readonly seconds: number;
  readonly fraction: number | undefined;
}

function progressText({ label, unit, done, seconds, fraction }: ProgressFigures): string {
  const rate = Math.round(done / Math.max(seconds, 0.001));
  const text = `${label}: ${grouped(done)} ${unit}, ${grouped(rate)}/s`;
  if (fraction === undefined || fraction <= 0) return text;
  const left = (seconds / fraction) * (1 - fraction);
  return `${text}, ${Math.floor(fraction * 100)} %, ${left.toFixed(0)} s left`;
}

/** A whole number with a comma every three digits. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
