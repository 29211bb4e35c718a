import { Global, Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ComplaintRegisterModule } from '#projections/complaint-register/index.js';
import { READ_STORE } from '#projections/index.js';
import { SatisfactionFactsModule } from '#projections/satisfaction-facts/index.js';
import { SlaFactsModule } from '#projections/sla-facts/index.js';
import { ComplaintClocksController } from './complaints/complaint-clocks/complaint-clocks.controller.js';
import { ComplaintClocksHandler } from './complaints/complaint-clocks/complaint-clocks.handler.js';
import { ComplaintHistoryController } from './complaints/complaint-history/complaint-history.controller.js';
import { ComplaintHistoryHandler } from './complaints/complaint-history/complaint-history.handler.js';
import { ComplaintViews } from './complaints/complaint-views.js';
import { GetComplaintController } from './complaints/get-complaint/get-complaint.controller.js';
import { GetComplaintHandler } from './complaints/get-complaint/get-complaint.handler.js';
import { ListComplaintsController } from './complaints/list-complaints/list-complaints.controller.js';
import { ListComplaintsHandler } from './complaints/list-complaints/list-complaints.handler.js';
import { TrackComplaintController } from './complaints/track-complaint/track-complaint.controller.js';
import { TrackComplaintHandler } from './complaints/track-complaint/track-complaint.handler.js';
import { WorklistSummaryController } from './complaints/worklist-summary/worklist-summary.controller.js';
import { WorklistSummaryHandler } from './complaints/worklist-summary/worklist-summary.handler.js';
import { WorklistController } from './complaints/worklist/worklist.controller.js';
import { WorklistHandler } from './complaints/worklist/worklist.handler.js';
import { ListDefinitionsController } from './configuration/list-definitions/list-definitions.controller.js';
import { ListDefinitionsHandler } from './configuration/list-definitions/list-definitions.handler.js';
import { PreviewPolicyController } from './configuration/preview-policy/preview-policy.controller.js';
import { PreviewPolicyHandler } from './configuration/preview-policy/preview-policy.handler.js';
import { ProjectionBuildsController } from './projections/projection-builds.controller.js';
import {
  CompareBuildsHandler,
  DecisionsHandler,
  DropBuildHandler,
  ProjectionBuildsHandler,
  SwitchBuildHandler,
} from './projections/projection-builds.handlers.js';
import { ProjectionsController } from './projections/projections.controller.js';
import {
  DecideParkedHandler,
  ParkedEventsHandler,
  ProjectionStatusesHandler,
  RebuildProjectionHandler,
} from './projections/projections.handlers.js';
import { QUERY_PARTS, type QueryApiParts } from './query-api.tokens.js';
import { ReportSources } from './reports/report-sources.js';
import { ReportController } from './reports/report/report.controller.js';
import { ReportHandler } from './reports/report/report.handler.js';
import { WhatIfController } from './reports/what-if/what-if.controller.js';
import { WhatIfHandler } from './reports/what-if/what-if.handler.js';

export type { QueryApiParts } from './query-api.tokens.js';

const CONTROLLERS = [
  ListComplaintsController,
  GetComplaintController,
  ComplaintHistoryController,
  ComplaintClocksController,
  TrackComplaintController,
  WorklistController,
  WorklistSummaryController,
  ReportController,
  WhatIfController,
  ListDefinitionsController,
  PreviewPolicyController,
  ProjectionsController,
  ProjectionBuildsController,
];

const HANDLERS = [
  ListComplaintsHandler,
  GetComplaintHandler,
  ComplaintHistoryHandler,
  ComplaintClocksHandler,
  TrackComplaintHandler,
  WorklistHandler,
  WorklistSummaryHandler,
  ReportHandler,
  WhatIfHandler,
  ListDefinitionsHandler,
  PreviewPolicyHandler,
  ProjectionStatusesHandler,
  ParkedEventsHandler,
  RebuildProjectionHandler,
  DecideParkedHandler,
  ProjectionBuildsHandler,
  CompareBuildsHandler,
  DecisionsHandler,
  SwitchBuildHandler,
  DropBuildHandler,
];

/** What the read models' own modules ask for. */
@Global()
@Module({})
class ReadStoreModule {
  static forRoot({ readStore }: QueryApiParts): DynamicModule {
    return {
      module: ReadStoreModule,
      providers: [{ provide: READ_STORE, useValue: readStore }],
      exports: [READ_STORE],
    };
  }
}

/** The query half of the interface; the module at the top imports `WebModule`. */
@Module({})
export class QueryApiModule {
  static forRoot(parts: QueryApiParts): DynamicModule {
    return {
      module: QueryApiModule,
      imports: [
        CqrsModule.forRoot(),
        ReadStoreModule.forRoot(parts),
        ComplaintRegisterModule,
        SlaFactsModule,
        SatisfactionFactsModule,
      ],
      controllers: CONTROLLERS,
      providers: [{ provide: QUERY_PARTS, useValue: parts }, ComplaintViews, ReportSources, ...HANDLERS],
    };
  }
}
