import { readRoleSettings } from '../operating/role-settings.js';
import { runProcess } from '../operating/run-process.js';
import type { RoleOptions, RunningRole } from './serve-role.js';

/** Where each role listens if it is not told: all of them fit on one machine. */
const ports = { api: 7_400, intake: 7_401, planner: 7_402, projector: 7_403 } as const;

export type RoleName = keyof typeof ports;

/** Runs a role as a process. */
export function runRole(
  role: RoleName,
  start: (options: RoleOptions) => Promise<RunningRole>,
): Promise<void> {
  return runProcess({
    name: `Tidemark ${role}`,
    role,
    read: (environment) => readRoleSettings(environment, { port: ports[role] }),
    start,
    greet: ({ address }) => {
      console.log(`Tidemark ${role} is up: ${address}`);
    },
  });
}
