import type { Command } from 'commander';
import { dimensionNames, formatQuantity } from '@tidemark/kernel';
import type {
  FindingEffect,
  FindingSubject,
  ParameterFinding,
  PlanFigures,
} from '@tidemark/planning';
import { planCommand, withLog, type PlanOptions } from './data-command.js';
import { answer } from './outcome.js';
import { say, sayJson, sayLines } from './output.js';
import { startProgress } from './progress.js';
import { planNamed } from './published/company-plans.js';
import { Refold } from './refold/refold.js';

export function lintCommand(): Command {
  return planCommand({
    name: 'lint',
    summary: 'Tell which settings of items, groups and a plan deserve a warning, and what to set.',
    examples: ['lint --data ./data --company acme', 'lint --data ./data --company acme --json'],
    details:
      'Reads only, and may run beside a server. Folds the log in an engine of its own,\n' +
      'plans once with the settings as they are and once with each proposal, and tells\n' +
      'what that changes: planned orders, mean stock in units, days of delay, messages,\n' +
      'and rows computed; what it leaves equal is not told. Exit code 0: no finding, 1: some.',
  }).action(lint);
}

async function lint(options: PlanOptions): Promise<void> {
  await withLog(options, 'read', async ({ events: store }) => {
    const { company } = options;
    const plan = await planNamed(store, options);
    const progress = startProgress('lint', 'inputs');
    const refold = new Refold({ store, company, onEvents: (count) => progress.at(count) });
    await refold.through(await store.head());
    progress.end();
    const findings = refold.checkParameters(plan);
    answer(findings.length === 0);
    if (options.json === true) {
      return sayJson({ company, plan, findings: findings.map(asJson) });
    }
    await sayLines(findings.flatMap(blockOf));
    say(`${findings.length} findings in plan ${plan}${countsText(findings)}`);
  });
}

function asJson({ effect, ...finding }: ParameterFinding) {
  if (effect.kind === 'notComputed') return { ...finding, effect };
  const { kind, present, proposed } = effect;
  return {
    ...finding,
    effect: { kind, present: writtenFigures(present), proposed: writtenFigures(proposed) },
  };
}

function writtenFigures({ stock, ...figures }: PlanFigures) {
  return { ...figures, stock: formatQuantity(stock) };
}

function blockOf({ rule, subject, ...told }: ParameterFinding): string[] {
  const values = Object.entries(told.values).map(([name, value]) => `${name} ${value}`);
  return [
    `${rule} ${subjectText(subject)}`,
    `  ${told.message}`,
    `  values: ${values.join(', ')}`,
    `  effect: ${effectText(told.effect)}`,
    `  proposal: ${told.proposal}`,
    '',
  ];
}

function subjectText({ kind, id, dimensions = {} }: FindingSubject): string {
  const named = dimensionNames.flatMap((name) => {
    const value = dimensions[name];
    return value === undefined || value === '' ? [] : [`${name} ${value}`];
  });
  return [`${kind} ${id}`, ...named].join(', ');
}

function effectText(effect: FindingEffect): string {
  if (effect.kind === 'notComputed') {
    return 'not computed (as many effects as one check computes come before it)';
  }
  const { present, proposed } = effect;
  const figures = [
    ['orders', String(present.orders), String(proposed.orders)],
    ['mean stock', formatQuantity(present.stock), formatQuantity(proposed.stock)],
    ['days of delay', String(present.delayDays), String(proposed.delayDays)],
    ['messages', String(present.messages), String(proposed.messages)],
    ['rows computed', String(present.rowsComputed), String(proposed.rowsComputed)],
  ] as const;
  const changed = figures.filter(([, before, after]) => before !== after);
  if (changed.length === 0) return 'none on the present plan';
  return changed.map(([name, before, after]) => `${name} ${before} -> ${after}`).join(', ');
}

function countsText(findings: readonly ParameterFinding[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const texts = [...counts].map(([rule, count]) => `${rule} ${count}`);
  return texts.length === 0 ? '' : `: ${texts.join(', ')}`;
}
