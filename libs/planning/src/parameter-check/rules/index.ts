import type { ParameterRuleId } from '../../api/parameter-findings.js';
import type { ParameterRule } from '../suspicion.js';
import { billsOfMaterial } from './bills-of-material.js';
import { horizonTooLong, horizonTooShort } from './coverage-fence.js';
import { addedNegativeDays, finishedNegativeDays } from './customer-lead-time.js';
import { leadTimesInGroup, leadTimeSettings } from './lead-times.js';
import { minimumAlwaysLate, minimumOutOfPlace } from './minimum.js';
import { negativeDaysBelowLeadTime, negativeDaysTwice } from './negative-days.js';
import { manyOrders } from './order-count.js';
import { noPositiveDays, positiveDaysOutOfStep } from './positive-days.js';
import { tacticalFirming } from './tactical-firming.js';
import { refillWindows } from './transfers.js';
import { unreadMessages } from './unread-messages.js';

/** Every rule of the parameter check (planning.md section 20) and how it is decided. */
export const parameterRules: Readonly<Record<ParameterRuleId, ParameterRule>> = {
  'PC-1': negativeDaysBelowLeadTime,
  'PC-2': negativeDaysTwice,
  'PC-3': noPositiveDays,
  'PC-4': positiveDaysOutOfStep,
  'PC-5': leadTimesInGroup,
  'PC-6': horizonTooLong,
  'PC-7': horizonTooShort,
  'PC-8': minimumAlwaysLate,
  'PC-9': unreadMessages,
  'PC-10': manyOrders,
  'PC-11': refillWindows,
  'PC-12': finishedNegativeDays,
  'PC-13': addedNegativeDays,
  'PC-14': minimumOutOfPlace,
  'PC-15': tacticalFirming,
  'PC-16': billsOfMaterial,
  'PC-17': leadTimeSettings,
  // Workers and the load of the machine are no part of a plan (decision 4).
  'PC-18': () => [],
};
