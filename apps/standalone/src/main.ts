import { runProcess } from '@tidemark/serving';
import { readConfiguration, type Configuration } from './configuration.js';
import { startStandalone, type Standalone } from './start-standalone.js';

async function greet(running: Standalone, { dataFolder }: Configuration): Promise<void> {
  await running.ready();
  const { address, exampleEvents } = running;
  if (exampleEvents > 0) {
    console.log(`Loaded the example factory: ${exampleEvents} events of company "example".`);
  }
  console.log(`Tidemark is up: open ${address}/ (data in ${dataFolder})`);
  console.log(`The API: ${address}/openapi.json   Events: ${address}/asyncapi.json`);
}

await runProcess({ name: 'Tidemark', read: readConfiguration, start: startStandalone, greet });
