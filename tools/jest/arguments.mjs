import { join } from 'node:path';
import { rootDir } from '../project-node.mjs';

/** Jest runs ES modules only with this flag of Node. */
export function jestArguments(args) {
  const jest = join(rootDir, 'node_modules', 'jest', 'bin', 'jest.js');
  return ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, ...args];
}
