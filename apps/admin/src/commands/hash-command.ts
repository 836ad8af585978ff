import type { Command } from 'commander';
import { placeCommand, planCommand, withPlans, type PlanPlaceOptions } from './data-command.js';
import { say, sayJson } from './output.js';
import { ordersHash, planHash } from './published/plan-hash.js';
import { foldPublished } from './published/published-plan.js';

export function hashCommand(): Command {
  const text = {
    name: 'hash',
    summary: 'Tell two hashes of a published plan: of all its lines, and of its planned orders.',
    examples: [
      'hash --data ./data --company acme',
      'hash --url http://127.0.0.1:7400 --company example --json',
    ],
    details:
      'plan    SHA-256 of its exports of orders, requirements, coverage and messages, in that\n' +
      '        order, each line followed by a line feed\n' +
      'orders  SHA-256 of one line an order, sorted by their bytes:\n' +
      '        item,requirementDate,orderDate,deliveryDate,type,quantity',
  };
  return planCommand(text, placeCommand).action(hash);
}

async function hash(options: PlanPlaceOptions): Promise<void> {
  await withPlans(options, async (plans) => {
    const { company } = options;
    const plan = await plans.planNamed(options);
    const published = await foldPublished(plans.revisions({ company, plan }));
    const hashes = { plan: planHash(published), orders: ordersHash(published.orders()) };
    if (options.json === true) {
      const { revision = 0, tidemark = '' } = published.last ?? {};
      return sayJson({ company, name: plan, revision, tidemark, ...hashes });
    }
    say(`plan ${hashes.plan}`);
    say(`orders ${hashes.orders}`);
  });
}
