/**
 * What processes of one installation ask the planner of a company, over HTTP. Questions are told as
 * the public API tells them and are checked as there. Answers are values of the program itself:
 * only a process of the same release reads them.
 */
export const deskRelease = 1;

/** Where the planner of a company answers, below the address in its lease. */
export const deskPaths = {
  /** Who plans the company here. */
  holder: (company: string): string => `/internal/companies/${encodeURIComponent(company)}/planner`,
  question: (company: string, question: DeskQuestion): string =>
    `/internal/companies/${encodeURIComponent(company)}/desk/${question}`,
} as const;

export const deskQuestions = [
  'command',
  'run',
  'copyPlan',
  'preview',
  'findings',
  'shortages',
  'promise',
  'profile',
  'folded',
] as const;
export type DeskQuestion = (typeof deskQuestions)[number];

/** A question as it is sent. */
export interface DeskCall {
  readonly release: number;
  /** Whom the caller takes for the planner. */
  readonly holder: string;
  /** By name, as the public API writes them. */
  readonly asked: Readonly<Record<string, unknown>>;
}

/** What a process says of who plans a company. */
export interface DeskHolder {
  /** The term under which this process plans the company; absent: it does not. */
  readonly holder?: string;
}

/** Undefined for anything else. */
export function readDeskCall(body: unknown): DeskCall | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if (!('release' in body) || typeof body.release !== 'number') return undefined;
  if (!('holder' in body) || typeof body.holder !== 'string') return undefined;
  if (!('asked' in body) || typeof body.asked !== 'object' || body.asked === null) return undefined;
  const { release, holder, asked } = body;
  return { release, holder, asked: { ...asked } };
}

/** Who plans the company at an address, as it says; undefined: not that process, or no answer. */
export function readDeskHolder(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('holder' in body)) return undefined;
  return typeof body.holder === 'string' ? body.holder : undefined;
}

/** An answer of plain values, `undefined` among them. */
export function encodeDeskAnswer(answer: unknown): string {
  return JSON.stringify({ release: deskRelease, answer });
}

/**
 * The answer in a text that a planner sent; nothing of it is checked but who wrote it.
 *
 * @throws RangeError if it is of another release.
 */
export function decodeDeskAnswer<Answer>(text: string): Answer {
  const body = JSON.parse(text) as { readonly release?: unknown; readonly answer?: unknown };
  if (body.release === deskRelease) return body.answer as Answer;
  throw new RangeError(`The planner answers as release ${String(body.release)} of its desk.`);
}
