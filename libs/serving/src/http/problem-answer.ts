import { refusal } from '@tidemark/kernel';
import { Problem, statuses } from './problem.js';

/** The problem in the answer of another process of the installation, to be passed on. */
export function problemIn(status: number, text: string): Problem {
  const { code, detail, remedy, mentions } = membersOf(text);
  const named = Array.isArray(mentions) ? mentions.map(String) : [];
  if (typeof code !== 'string' || typeof detail !== 'string') {
    const message = `The planner answers ${status} and does not say why.`;
    const more = { remedy: 'See the log of the planner.' };
    return new Problem(statuses.failed, refusal('DEFECT', message, more));
  }
  const more = { mentions: named, ...(typeof remedy === 'string' ? { remedy } : {}) };
  return new Problem(status, refusal(code, detail, more));
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    // Something else than a planner answers there.
    return {};
  }
}
