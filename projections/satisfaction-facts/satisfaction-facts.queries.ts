import { Inject, Injectable } from '@nestjs/common';
import { readAhead, type Filter, type ReadStore } from '#libs/read-store/index.js';
import { READ_STORE } from '../read-store.token.js';
import type { SatisfactionFacts } from './satisfaction-facts.document.js';

const BATCH = 1000;

export interface SurveyPeriod {
  readonly from: string;
  readonly to: string;
}

@Injectable()
export class SatisfactionFactsQueries {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  /** Whatever may have been asked, or still have to be, in the period: a superset, the report decides. */
  async *ofPeriod(period: SurveyPeriod): AsyncGenerator<SatisfactionFacts> {
    const facts = await this.store.activeCollection<SatisfactionFacts>('satisfaction-facts');
    yield* readAhead(facts, surveysOfPeriod(period), { batchSize: BATCH });
  }
}

export function surveysOfPeriod({ from, to }: SurveyPeriod): Filter<SatisfactionFacts> {
  return { receivedAt: { $lt: to }, $or: [{ lastEventAt: { $gte: from } }, { pending: true }] };
}
