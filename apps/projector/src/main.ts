import { runRole } from '@tidemark/serving';
import { startProjector } from './start-projector.js';

await runRole('projector', startProjector);
