import { Inject, Injectable } from '@nestjs/common';
import type { Channel, ComplaintStatus } from '#libs/event-contracts/index.js';
import { findPage, type Filter, type Page, type ReadStore } from '#libs/read-store/index.js';
import { READ_STORE } from '../read-store.token.js';
import type { RegisteredComplaint } from './complaint-register.document.js';
import { folded, wordsOf } from './search-terms.fold.js';

export const REGISTER_ORDERS = [
  '-receivedAt',
  'receivedAt',
  '-priority',
  'priority',
  '-lastEventAt',
  'lastEventAt',
] as const;
export type RegisterOrder = (typeof REGISTER_ORDERS)[number];

/** Everything given must hold; several values of one field are alternatives. */
export interface RegisterSearch {
  readonly status?: readonly ComplaintStatus[];
  readonly team?: readonly string[];
  /** Codes of nodes, descendants already among them. */
  readonly callTree?: readonly string[];
  readonly category?: readonly string[];
  readonly channel?: readonly Channel[];
  readonly escalated?: boolean;
  /** Half-open, by `receivedAt`. */
  readonly from?: string;
  readonly to?: string;
  /** A reference, external id or customer's reference, whole; a project by its words. Neither case nor marks count. */
  readonly q?: string;
  /** The reference number that `q` can be read as. */
  readonly orReference?: string;
  /** Complaints that this team has or had. */
  readonly visibleToTeam?: string;
}

const FIELDS: Readonly<Record<string, string>> = {
  receivedAt: 'receivedAt',
  priority: 'priorityRank',
  lastEventAt: 'lastEventAt',
};

@Injectable()
export class ComplaintRegisterQueries {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async find(id: string): Promise<RegisteredComplaint | null> {
    return (await this.register()).findOne({ _id: id });
  }

  async findByReference(reference: string): Promise<RegisteredComplaint | null> {
    return (await this.register()).findOne({ reference });
  }

  /** In no order; those that are not there are left out. */
  async findAll(ids: readonly string[]): Promise<readonly RegisteredComplaint[]> {
    return (await this.register()).find({ _id: { $in: [...ids] } }).toArray();
  }

  /** @throws InvalidCursorError */
  async search(
    search: RegisterSearch,
    page: { readonly order: RegisterOrder; readonly limit: number; readonly cursor?: string },
  ): Promise<Page<RegisteredComplaint>> {
    const descending = page.order.startsWith('-');
    const field = FIELDS[page.order.replace('-', '')] ?? 'receivedAt';
    return findPage(await this.register(), {
      filter: filterOf(search, await this.termsFor(search)),
      sort: [[field, descending ? -1 : 1]],
      limit: page.limit,
      cursor: page.cursor,
      alwaysThere: true,
    });
  }

  /** The whole text where something is called so, else each of its words. */
  private async termsFor({
    q,
    orReference,
  }: RegisterSearch): Promise<readonly Filter<RegisteredComplaint>[]> {
    if (q === undefined) return [];
    const words = wordsOf(folded(q));
    const whole = oneOf('searchTerms', [
      folded(q),
      ...(orReference === undefined ? [] : [folded(orReference)]),
    ]);
    if (words.length < 2) return whole;
    const named = await (await this.register()).findOne({ $and: whole }, { projection: { _id: 1 } });
    return named === null ? words.flatMap((word) => oneOf('searchTerms', [word])) : whole;
  }

  private register() {
    return this.store.activeCollection<RegisteredComplaint>('complaint-register');
  }
}

function filterOf(
  search: RegisterSearch,
  terms: readonly Filter<RegisteredComplaint>[],
): Filter<RegisteredComplaint> {
  const { from, to, escalated } = search;
  const conditions: Filter<RegisteredComplaint>[] = [
    ...oneOf('status', search.status),
    ...oneOf('team', search.team),
    ...oneOf('callTree', search.callTree),
    ...oneOf('category', search.category),
    ...oneOf('channel', search.channel),
    ...oneOf('teams', search.visibleToTeam === undefined ? undefined : [search.visibleToTeam]),
    ...(escalated === undefined ? [] : [{ escalationLevel: escalated ? { $gt: 0 } : 0 }]),
    ...(from === undefined ? [] : [{ receivedAt: { $gte: from } }]),
    ...(to === undefined ? [] : [{ receivedAt: { $lt: to } }]),
    ...terms,
  ];
  return conditions.length === 0 ? {} : { $and: conditions };
}

function oneOf(field: string, values: readonly string[] | undefined): Filter<RegisteredComplaint>[] {
  const [first, ...more] = values ?? [];
  if (first === undefined) return [];
  return [{ [field]: more.length === 0 ? first : { $in: [first, ...more] } }];
}
