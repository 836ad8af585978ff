import { runRole } from '@tidemark/serving';
import { startIntake } from './start-intake.js';

await runRole('intake', startIntake);
