// Before all specs: says where engines may be started; the first spec that needs one does it.
import { infraFolderOf, removeLeftInfra } from './infra-folder.mjs';

export default function prepareInfra() {
  removeLeftInfra();
  process.env.TIDEMARK_TEST_INFRA ??= infraFolderOf(process.pid);
}
