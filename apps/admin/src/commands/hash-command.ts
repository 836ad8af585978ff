import type { Command } from 'commander';
import { planCommand, withLog, type PlanOptions } from './data-command.js';
import { say, sayJson } from './output.js';
import { planNamed } from './published/company-plans.js';
import { ordersHash, planHash } from './published/plan-hash.js';
import { foldPublished } from './published/published-plan.js';

export function hashCommand(): Command {
  return planCommand({
    name: 'hash',
    summary: 'Tell two hashes of a published plan: of all its lines, and of its planned orders.',
    examples: ['hash --data ./data --company acme', 'hash --data ./data --company acme --json'],
    details:
      'plan    SHA-256 of its exports of orders, requirements, coverage and messages, in that\n' +
      '        order, each line followed by a line feed\n' +
      'orders  SHA-256 of one line an order, sorted by their bytes:\n' +
      '        item,requirementDate,orderDate,deliveryDate,type,quantity',
  }).action(hash);
}

async function hash(options: PlanOptions): Promise<void> {
  await withLog(options, 'read', async ({ events }) => {
    const { company } = options;
    const plan = await planNamed(events, options);
    const published = await foldPublished(events, { company, plan });
    const hashes = { plan: planHash(published), orders: ordersHash(published.orders()) };
    if (options.json === true) {
      const { revision = 0, tidemark = '' } = published.last ?? {};
      return sayJson({ company, name: plan, revision, tidemark, ...hashes });
    }
    say(`plan ${hashes.plan}`);
    say(`orders ${hashes.orders}`);
  });
}
