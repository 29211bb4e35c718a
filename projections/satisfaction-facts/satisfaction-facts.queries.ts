import { Inject, Injectable } from '@nestjs/common';
import { readAhead, type ReadStore } from '#libs/read-store/index.js';
import { READ_STORE } from '../read-store.token.js';
import type { SatisfactionFacts } from './satisfaction-facts.document.js';

const BATCH = 1000;

@Injectable()
export class SatisfactionFactsQueries {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  /** Whatever may have been asked, or still have to be, in the period: a superset, the report decides. */
  async *ofPeriod({
    from,
    to,
  }: {
    readonly from: string;
    readonly to: string;
  }): AsyncGenerator<SatisfactionFacts> {
    const facts = await this.store.activeCollection<SatisfactionFacts>('satisfaction-facts');
    yield* readAhead(
      facts,
      { receivedAt: { $lt: to }, $or: [{ lastEventAt: { $gte: from } }, { pending: true }] },
      { batchSize: BATCH },
    );
  }
}
