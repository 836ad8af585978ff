import { runRole } from '@tidemark/serving';
import { startApi } from './start-api.js';

await runRole('api', startApi);
