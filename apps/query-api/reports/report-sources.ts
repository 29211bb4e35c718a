import { Inject, Injectable } from '@nestjs/common';
import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import {
  buildKey,
  pastReadModel,
  type Identified,
  type Narrowed,
  type Projection,
  type ProjectionDocument,
} from '#libs/projection-engine/index.js';
import type {
  ComplaintFact,
  EscalatedComplaintFact,
  JudgeableCycle,
  SurveyedComplaintFact,
} from '#libs/reports/index.js';
import {
  SatisfactionFactsQueries,
  satisfactionFacts,
  surveysOfPeriod,
  type SurveyPeriod,
} from '#projections/satisfaction-facts/index.js';
import {
  factsOfPeriod,
  PAST_WITHOUT_WORK,
  SlaFactsQueries,
  slaFacts,
  type FactsOfPeriod,
} from '#projections/sla-facts/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import { configurationAsOf } from './past/configuration-as-of.js';

/** Facts with the configuration and the place of the log that belong to them. */
export interface ReportSource {
  readonly configuration: ConfigurationModel;
  /** What was judged then. */
  verdicts(period: FactsOfPeriod): AsyncIterable<ComplaintFact>;
  /** The same with what other rules need to judge it again. */
  clocks(period: FactsOfPeriod): AsyncIterable<ComplaintFact<JudgeableCycle>>;
  escalations(period: FactsOfPeriod): AsyncIterable<EscalatedComplaintFact>;
  surveys(period: SurveyPeriod): AsyncIterable<SurveyedComplaintFact>;
  /** Asked after the facts were taken. */
  position(): string | null;
}

@Injectable()
export class ReportSources {
  constructor(
    private readonly slaFacts: SlaFactsQueries,
    private readonly satisfactionFacts: SatisfactionFactsQueries,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  /** The read models as they are; the position is the least that they hold. */
  async live(model: 'sla-facts' | 'satisfaction-facts'): Promise<ReportSource> {
    const position = await this.positionOf(model);
    return {
      configuration: this.parts.configuration.current,
      verdicts: (period) => this.slaFacts.verdictsOf(period),
      clocks: (period) => this.slaFacts.ofPeriod(period),
      escalations: (period) => this.slaFacts.escalationsOf(period),
      surveys: (period) => this.satisfactionFacts.ofPeriod(period),
      position: () => position,
    };
  }

  /** The same as it had been recorded by a moment. */
  async past(asOf: string): Promise<ReportSource> {
    const { eventStore: log, projectionStore: store } = this.parts;
    let position: string | null = null;
    const documents = async function* <Document extends ProjectionDocument, Context>(
      projection: Projection<Document, Context>,
      narrowed: Narrowed,
    ): AsyncGenerator<Identified<Document>> {
      const past = await pastReadModel({ log, store, projection, asOf });
      ({ position } = past);
      yield* past.documents(narrowed);
    };
    const verdicts = (period: FactsOfPeriod) =>
      documents(slaFacts, { filter: factsOfPeriod(period), leftOut: PAST_WITHOUT_WORK });
    return {
      configuration: await configurationAsOf(log, asOf),
      verdicts,
      escalations: verdicts,
      clocks: (period) => documents(slaFacts, { filter: factsOfPeriod(period) }),
      surveys: (period) => documents(satisfactionFacts, { filter: surveysOfPeriod(period) }),
      position: () => position,
    };
  }

  private async positionOf(model: string): Promise<string | null> {
    const { builds, checkpoints } = this.parts.projectionStore;
    const active = (await builds.active()).find(({ name }) => name === model);
    const partitions = active === undefined ? [] : await checkpoints.read([buildKey(active)]);
    const positions = partitions.map(({ position }) => position);
    return positions.includes(null) ? null : (positions.sort()[0] ?? null);
  }
}
