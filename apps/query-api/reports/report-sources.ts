import { Inject, Injectable } from '@nestjs/common';
import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import { buildKey, loadSkips } from '#libs/projection-engine/index.js';
import type {
  ComplaintFact,
  EscalatedComplaintFact,
  JudgeableCycle,
  SurveyedComplaintFact,
} from '#libs/reports/index.js';
import { SatisfactionFactsQueries, satisfactionFacts } from '#projections/satisfaction-facts/index.js';
import { SlaFactsQueries, slaFacts, type FactsOfPeriod } from '#projections/sla-facts/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import { configurationAsOf, pastFold } from './past/past-log.js';

/** Facts with the configuration and the place of the log that belong to them. */
export interface ReportSource {
  readonly configuration: ConfigurationModel;
  /** What was judged then. */
  verdicts(period: FactsOfPeriod): AsyncIterable<ComplaintFact>;
  /** The same with what other rules need to judge it again. */
  clocks(period: FactsOfPeriod): AsyncIterable<ComplaintFact<JudgeableCycle>>;
  escalations(period: FactsOfPeriod): AsyncIterable<EscalatedComplaintFact>;
  surveys(period: { readonly from: string; readonly to: string }): AsyncIterable<SurveyedComplaintFact>;
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
    const { position } = await this.progressOf(model);
    return {
      configuration: this.parts.configuration.current,
      verdicts: (period) => this.slaFacts.verdictsOf(period),
      clocks: (period) => this.slaFacts.ofPeriod(period),
      escalations: (period) => this.slaFacts.escalationsOf(period),
      surveys: (period) => this.satisfactionFacts.ofPeriod(period),
      position: () => position,
    };
  }

  /** The same from the log, as it was recorded by a moment. */
  async past(model: 'sla-facts' | 'satisfaction-facts', asOf: string): Promise<ReportSource> {
    const { eventStore, projectionStore } = this.parts;
    const { documents } = await this.progressOf(model);
    const clocks = pastFold(
      eventStore,
      slaFacts,
      asOf,
      await loadSkips(projectionStore, slaFacts, asOf),
      documents,
    );
    const surveys = pastFold(
      eventStore,
      satisfactionFacts,
      asOf,
      await loadSkips(projectionStore, satisfactionFacts, asOf),
      documents,
    );
    return {
      configuration: await configurationAsOf(eventStore, asOf),
      verdicts: () => clocks.documents(),
      clocks: () => clocks.documents(),
      escalations: () => clocks.documents(),
      surveys: () => surveys.documents(),
      position: () => clocks.position ?? surveys.position,
    };
  }

  private async progressOf(model: string): Promise<{ position: string | null; documents: number }> {
    const { builds, checkpoints } = this.parts.projectionStore;
    const active = (await builds.active()).find(({ name }) => name === model);
    const partitions = active === undefined ? [] : await checkpoints.read([buildKey(active)]);
    const positions = partitions.map(({ position }) => position);
    return {
      position: positions.includes(null) ? null : (positions.sort()[0] ?? null),
      documents: partitions.reduce((sum, { documents }) => sum + documents, 0),
    };
  }
}
