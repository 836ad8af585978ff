import { runProcess } from '@tidemark/serving';
import { readConfiguration, type Configuration } from './configuration.js';
import { exampleCompany } from './example/load-example.js';
import { startStandalone, type Standalone } from './start-standalone.js';

/** Days until the bikes of the urgent sale are to be there. */
const daysAhead = 14;

/** An urgent sale of the example factory, to be sent by hand. */
function urgentOrder(address: string): string {
  const day = new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  const data = {
    id: 'SO-901',
    item: 'BIKE-CITY',
    direction: 'issue',
    type: 'salesOrder',
    quantity: '2',
    date: day,
  };
  const event = { type: 'inventory.transaction.changed.v1', source: 'shop', version: 1, data };
  const target = `${address}/v1/companies/${exampleCompany}/events`;
  return `curl -X POST ${target} -H 'content-type: application/json' -d '${JSON.stringify(event)}'`;
}

async function greet(running: Standalone, { dataFolder }: Configuration): Promise<void> {
  await running.ready();
  const { address, exampleEvents } = running;
  if (exampleEvents > 0) {
    console.log(`Loaded the example factory: ${exampleEvents} events of company "example".`);
  }
  console.log(`Tidemark is up: open ${address}/ (data in ${dataFolder})`);
  console.log(`The API: ${address}/openapi   Events: ${address}/asyncapi.json`);
  if (exampleEvents > 0) console.log(`Sell two bikes and watch the page:\n${urgentOrder(address)}`);
}

await runProcess({ name: 'Tidemark', read: readConfiguration, start: startStandalone, greet });
