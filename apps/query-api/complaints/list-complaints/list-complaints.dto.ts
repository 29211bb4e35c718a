import { CHANNELS, STATUSES, type Channel, type ComplaintStatus } from '#libs/event-contracts/index.js';
import { isCode, IsOneOf, IsText, QueryFlag, QueryInstant, QueryLimit, QueryList } from '#libs/http/index.js';
import { REGISTER_ORDERS, type RegisterOrder } from '#projections/complaint-register/index.js';

const CODES = { max: 50, what: 'a code: 1 to 63 of a-z, 0-9 and "-"', test: isCode };
const oneOf =
  (values: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && values.includes(value);

export class ListComplaintsDto {
  @QueryList({
    max: STATUSES.length,
    what: `one of ${STATUSES.join(', ')}`,
    test: oneOf(STATUSES),
    example: ['routed', 'open'],
  })
  status?: ComplaintStatus[];

  @QueryList({ ...CODES, description: 'The team that has it now', example: ['plumbing'] })
  team?: string[];

  @QueryList({
    ...CODES,
    description: 'Nodes of the call tree, each with all below it',
    example: ['defects'],
  })
  callTree?: string[];

  @QueryList(CODES)
  category?: string[];

  @QueryFlag({ description: 'Past a level of escalation in this cycle, or past none' })
  escalated?: boolean;

  @QueryList({ max: CHANNELS.length, what: `one of ${CHANNELS.join(', ')}`, test: oneOf(CHANNELS) })
  channel?: Channel[];

  @QueryInstant({ description: 'Received at or after', example: '2026-03-01T00:00:00+03:00' })
  from?: string;

  @QueryInstant({ description: 'Received before', example: '2026-04-01T00:00:00+03:00' })
  to?: string;

  @IsText({
    max: 200,
    optional: true,
    description:
      'A reference, external id or customer’s reference, whole, or words of the project’s name; upper and lower case and marks on letters are the same. Personal data (names, contacts, texts) is kept sealed and cannot be searched.',
    example: 'C-7K2M-9Q4T-XW3H',
  })
  q?: string;

  @IsOneOf(REGISTER_ORDERS, { optional: true, description: 'A minus: descending', example: '-receivedAt' })
  sort: RegisterOrder = '-receivedAt';

  @IsText({ max: 2000, optional: true, description: 'nextCursor of the page before' })
  cursor?: string;

  @QueryLimit()
  limit = 50;
}
