import { runRole } from '@tidemark/serving';
import { startPlanner } from './start-planner.js';

await runRole('planner', startPlanner);
