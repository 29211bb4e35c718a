import { Inject, Injectable } from '@nestjs/common';
import { findPage, readAhead, type Filter, type Page, type ReadStore } from '#libs/read-store/index.js';
import { READ_STORE } from '../read-store.token.js';
import type { SlaFacts, Worklist } from './sla-facts.document.js';
import {
  ESCALATION_FIELDS,
  WITHOUT_WORK,
  type EscalationFacts,
  type VerdictFacts,
} from './sla-facts.extracts.js';

/** What a report over a period may need: a superset, the report itself decides to the millisecond. */
export type FactsOfPeriod =
  | { readonly kind: 'received'; readonly from: string; readonly to: string }
  /** Anything happened in the period, or is still going on. */
  | { readonly kind: 'touched'; readonly from: string; readonly to: string };

/** Half-open; an end that is left out is none, and then what has no due moment counts as due after all others. */
export interface DueRange {
  readonly from?: string;
  readonly to?: string;
}

const BATCH = 1000;

@Injectable()
export class SlaFactsQueries {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async find(id: string): Promise<SlaFacts | null> {
    return (await this.facts()).findOne({ _id: id });
  }

  /** What is due first comes first; what has no due moment last. @throws InvalidCursorError */
  async worklist(
    name: Worklist,
    page: {
      readonly team?: string;
      /** Only what is due in it. */
      readonly due?: DueRange;
      readonly limit: number;
      readonly cursor?: string;
    },
  ): Promise<Page<SlaFacts>> {
    const { team, due, limit, cursor } = page;
    const filter = {
      ...(team === undefined ? {} : { team }),
      ...membersOf(name),
      ...(due && { dueOrder: within(due) }),
    };
    return findPage(await this.facts(), {
      filter,
      sort: [['dueOrder', 1]],
      limit,
      cursor,
      alwaysThere: true,
    });
  }

  /** How many a worklist holds; asked of an index alone. */
  async count(
    name: Worklist,
    { team, due }: { readonly team?: string; readonly due?: DueRange },
  ): Promise<number> {
    return (await this.facts()).countDocuments({
      ...(team === undefined ? {} : { team }),
      ...membersOf(name),
      ...(due && { dueOrder: within(due) }),
    });
  }

  /** Customers who agreed to be called for the survey at a moment in the range. */
  async countCallBacks({ team, at }: { readonly team?: string; readonly at: DueRange }): Promise<number> {
    // From the first of all texts on, so that those without an agreed moment are passed over.
    const callBackAt = { $gte: '', ...within(at) };
    return (await this.facts()).countDocuments({ callBackAt, ...(team === undefined ? {} : { team }) });
  }

  async *ofPeriod(period: FactsOfPeriod): AsyncGenerator<SlaFacts> {
    yield* readAhead(await this.facts(), factsOfPeriod(period), { batchSize: BATCH });
  }

  /** Without what only worklists need, or a judge: less than half of each document. */
  async *verdictsOf(period: FactsOfPeriod): AsyncGenerator<VerdictFacts> {
    const found = { batchSize: BATCH, projection: WITHOUT_WORK };
    yield* readAhead<SlaFacts, VerdictFacts>(await this.facts(), factsOfPeriod(period), found);
  }

  async *escalationsOf(period: FactsOfPeriod): AsyncGenerator<EscalationFacts> {
    const filter = { $and: [factsOfPeriod(period), { 'escalations.0': { $exists: true } }] };
    const found = { batchSize: BATCH, projection: ESCALATION_FIELDS };
    yield* readAhead<SlaFacts, EscalationFacts>(await this.facts(), filter, found);
  }

  private facts() {
    return this.store.activeCollection<SlaFacts>('sla-facts');
  }
}

function membersOf(name: Worklist): Filter<SlaFacts> {
  if (name === 'follow-up') return { unfinished: true };
  return name === 'escalated' ? { escalated: true } : { step: name };
}

function within({ from, to }: DueRange): { $gte?: string; $lt?: string } {
  return { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
}

/** A superset of what a report over the period counts. */
export function factsOfPeriod({ kind, from, to }: FactsOfPeriod): Filter<SlaFacts> {
  if (kind === 'received') return { receivedAt: { $gte: from, $lt: to } };
  return { receivedAt: { $lt: to }, $or: [{ lastEventAt: { $gte: from } }, { unfinished: true }] };
}
