// After all specs, whatever came out: stops the engines that they started.
import { removeInfra } from './infra-folder.mjs';

export default function stopInfra() {
  removeInfra(process.env.TIDEMARK_TEST_INFRA);
}
