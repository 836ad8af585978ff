import type { Type } from '@nestjs/common';
import type { Operation } from './documents/operation.js';
import {
  decisionOperations,
  documentOperations,
  healthOperations,
  planOperations,
  startPageOperations,
  wayInOperations,
} from './documents/operations.js';
import { questionOperations } from './documents/question-operations.js';
import { listOperations, readModelOperations } from './documents/read-model-operations.js';
import { CompaniesController } from './http/companies-controller.js';
import { CompanyListsController } from './http/company-lists-controller.js';
import { DecisionsController } from './http/decisions-controller.js';
import { DocumentsController } from './http/documents-controller.js';
import { EventsController } from './http/events-controller.js';
import { HealthController } from './http/health-controller.js';
import { KeptController } from './http/kept-controller.js';
import { PlansController } from './http/plans-controller.js';
import { QuestionsController } from './http/questions-controller.js';
import { ReadModelsController } from './http/read-models-controller.js';
import { RevisionsController } from './http/revisions-controller.js';
import { StartPageController } from './http/start-page-controller.js';
import { DeskController } from './planners/desk-controller.js';

/** A part of the API that a process serves as a whole, with what its documents tell of it. */
export interface Surface {
  readonly controllers: readonly Type[];
  readonly operations: readonly Operation[];
}

export type SurfaceName =
  'health' | 'documents' | 'startPage' | 'wayIn' | 'planning' | 'reading' | 'readModels' | 'desk';

/** The parts of the API. Who serves one gives what its controllers ask for: see `Served`. */
export const surfaces: Readonly<Record<SurfaceName, Surface>> = {
  health: { controllers: [HealthController], operations: healthOperations },
  documents: { controllers: [DocumentsController], operations: documentOperations },
  startPage: { controllers: [StartPageController], operations: startPageOperations },
  wayIn: { controllers: [EventsController, KeptController], operations: wayInOperations },
  planning: {
    controllers: [DecisionsController, QuestionsController],
    operations: [...decisionOperations, ...questionOperations],
  },
  reading: {
    controllers: [
      CompaniesController,
      PlansController,
      RevisionsController,
      CompanyListsController,
    ],
    operations: [...planOperations, ...listOperations],
  },
  readModels: { controllers: [ReadModelsController], operations: readModelOperations },
  /** Between processes of one installation; no part of the public API. */
  desk: { controllers: [DeskController], operations: [] },
};
