import type { CoverageCode } from '@tidemark/master-data';
import { decouplingPoint } from './decoupling-point.js';
import { manual } from './manual.js';
import { minMax } from './min-max.js';
import { period } from './period.js';
import type { CoveragePolicy } from './policy.js';
import { requirement } from './requirement.js';

/** Every coverage code and how it plans. */
export const coveragePolicies: Readonly<Record<CoverageCode, CoveragePolicy>> = {
  requirement,
  period,
  minMax,
  manual,
  decouplingPoint,
};

export type { CoveragePolicy } from './policy.js';
