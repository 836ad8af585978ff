#!/usr/bin/env node
// The command line `tidemark`, started under any Node from 20 on.
import { join } from 'node:path';
import { rootDir, runUnderProjectNode } from './project-node.mjs';

await runUnderProjectNode(join(rootDir, 'tools', 'run-admin.mjs'), process.argv.slice(2));
