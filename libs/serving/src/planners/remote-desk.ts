import type { PlannerDesk } from '@tidemark/runtime';
import { encodeCommand } from '@tidemark/wire';
import { writePromise } from '../http/requests.js';
import { PlannerLine, type LineOptions } from './planner-line.js';

/** The desk of a planner in another process. Throws what `PlannerLine.call` throws. */
export function createRemoteDesk(options: LineOptions): PlannerDesk {
  const line = new PlannerLine(options);
  return {
    command: (command, { principal }) =>
      line.call({
        question: 'command',
        asked: { command: encodeCommand(command), principal },
        isRepeatable: false,
      }),
    run: (request, { principal }) =>
      line.call({ question: 'run', asked: { request, principal }, isRepeatable: false }),
    copyPlan: (from, to, { principal }) =>
      line.call({
        question: 'copyPlan',
        asked: { copy: { from, to }, principal },
        isRepeatable: false,
      }),
    preview: (command) =>
      line.call({
        question: 'preview',
        asked: { command: encodeCommand(command) },
        isRepeatable: true,
      }),
    findings: (plan) => line.call({ question: 'findings', asked: { plan }, isRepeatable: true }),
    shortages: (plan, demands) =>
      line.call({ question: 'shortages', asked: { plan, demands }, isRepeatable: true }),
    promise: (request) =>
      line.call({
        question: 'promise',
        asked: { request: writePromise(request) },
        isRepeatable: true,
      }),
    profile: (plan, item) =>
      line.call({ question: 'profile', asked: { plan, item }, isRepeatable: true }),
    folded: (position) =>
      line.call({ question: 'folded', asked: { position }, isRepeatable: true }),
  };
}
