import type { PlannerDesk } from '@tidemark/runtime';
import { decodeCommand, decodeRunRequest, wireRefusal, type DeskQuestion } from '@tidemark/wire';
import { refuse, valueOf } from '../http/problem.js';
import { readPlanCopy, readPromise } from '../http/requests.js';

type Asked = Readonly<Record<string, unknown>>;

/** How each question is read and put to a desk. */
export const answers: Readonly<
  Record<DeskQuestion, (desk: PlannerDesk, asked: Asked) => Promise<unknown>>
> = {
  command: (desk, asked) =>
    desk.command(valueOf(decodeCommand(asked['command'])), { principal: text(asked, 'principal') }),
  run: (desk, asked) =>
    desk.run(valueOf(decodeRunRequest(asked['request'])), { principal: text(asked, 'principal') }),
  copyPlan: (desk, asked) => {
    const { from, to } = readPlanCopy(asked['copy']);
    return desk.copyPlan(from, to, { principal: text(asked, 'principal') });
  },
  preview: (desk, asked) => desk.preview(valueOf(decodeCommand(asked['command']))),
  findings: (desk, asked) => desk.findings(text(asked, 'plan')),
  shortages: (desk, asked) => desk.shortages(text(asked, 'plan'), texts(asked, 'demands')),
  promise: (desk, asked) => desk.promise(readPromise(asked['request'])),
  profile: (desk, asked) => desk.profile(text(asked, 'plan'), text(asked, 'item')),
  folded: (desk, asked) => desk.folded(text(asked, 'position')),
};

function text(asked: Asked, name: string): string {
  const value = asked[name];
  return typeof value === 'string' ? value : refuseMember(name);
}

function texts(asked: Asked, name: string): readonly string[] {
  const value = asked[name];
  if (!Array.isArray(value)) return refuseMember(name);
  return value.map((one: unknown) => (typeof one === 'string' ? one : refuseMember(name)));
}

function refuseMember(name: string): never {
  return refuse(
    wireRefusal({
      rule: 'INVALID_BODY',
      field: `asked/${name}`,
      message: `The question lacks ${name}.`,
      remedy: 'Run the roles of an installation in the same release.',
    }),
  );
}
