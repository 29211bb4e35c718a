import fc from 'fast-check';
import {
  CHANNELS,
  CUSTOMER_KINDS,
  FOLLOW_UP_PARTIES,
  PRIORITIES,
  RESOLUTION_OUTCOMES,
  SURVEY_ATTEMPT_OUTCOMES,
  type Actor,
} from '#libs/event-contracts/index.js';
import type { ComplaintCommandData, ComplaintCommandType } from '#libs/complaint-domain/index.js';
import {
  auditor,
  ayse,
  clock,
  fatma,
  hour,
  mehmet,
  receiveBody,
  selim,
  webForm,
  zeynep,
} from './complaint-stories.js';

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
/** Mostly something, sometimes blank, any script. */
const text = fc.oneof(
  { weight: 8, arbitrary: fc.constant('Su damlıyor') },
  fc.string({ unit: 'grapheme' }),
  fc.constant(' '),
);
const instant = fc.oneof(
  fc.integer({ min: -5, max: 400 }).map(hour),
  fc.constantFrom('2024-09-02T10:00:00+03:00', 'tomorrow', '2024-13-01T00:00:00Z'),
);
const callTree = fc.constantFrom('water', 'power', 'nowhere');
const category = fc.constantFrom('pipe', 'wire', 'nothing');
const score = fc.constantFrom(1, 2, 3, 4, 5, null, 6 as never) as fc.Arbitrary<1>;
const nothing = fc.constant({});

const bodies: { readonly [Type in ComplaintCommandType]: fc.Arbitrary<ComplaintCommandData[Type]> } = {
  receive: fc.record({
    complaintId: fc.constant('01912d68-783e-7a2f-8d3b-6b1f6f0c9a10'),
    reference: fc.constant('SK-1'),
    customer: fc.record({
      ref: fc.constant('M-1'),
      kind: fc.constantFrom(...CUSTOMER_KINDS),
      name: text,
      phone: optional(text),
      email: optional(text),
    }),
    property: optional(fc.record({ project: text, block: optional(text), unit: optional(text) })),
    channel: fc.constantFrom(...CHANNELS),
    contactedAt: fc.oneof({ weight: 4, arbitrary: fc.constant(hour(-5)) }, instant),
    callTree: fc.constantFrom('water', 'power'),
    category: optional(category),
    priority: optional(fc.constantFrom(...PRIORITIES)),
    subject: text,
    description: text,
    requestedRemedy: optional(text),
  }),
  categorise: fc.record({
    callTree: optional(callTree),
    category: optional(category),
    reason: optional(text),
  }),
  prioritise: fc.record({ priority: fc.constantFrom(...PRIORITIES), reason: text }),
  route: fc.record({ team: fc.constantFrom('plumbing', 'electric', 'gardening'), reason: optional(text) }),
  open: nothing,
  recordAction: fc.record({ kind: text, description: text }),
  recordFollowUp: fc.record({ note: text, with: optional(fc.constantFrom(...FOLLOW_UP_PARTIES)) }),
  pause: fc.record({ reason: text, until: optional(instant) }),
  resume: nothing,
  resolve: fc.record({
    outcome: fc.constantFrom(...RESOLUTION_OUTCOMES),
    explanation: text,
    category: optional(category),
  }),
  confirm: fc.record({ note: optional(text) }),
  reject: fc.record({ reason: text }),
  close: fc.record({ note: optional(text) }),
  withdraw: fc.record({ reason: text }),
  reopen: fc.record({ reason: text }),
  recordSurveyAttempt: fc.record({
    outcome: fc.constantFrom(...SURVEY_ATTEMPT_OUTCOMES),
    callBackAt: optional(instant),
  }),
  recordSurvey: fc.record({
    scores: fc.record({
      solution: score,
      technique: score,
      attention: score,
      quality: score,
      duration: score,
    }),
    overall: score,
    comment: optional(text),
    questionnaireVersion: optional(fc.constant('2')),
  }),
  escalate: fc.record({
    cycle: fc.integer({ min: 1, max: 3 }),
    level: fc.integer({ min: 0, max: 3 }),
    at: fc.constant('80%'),
    reachedAt: instant,
    dueAt: instant,
    notify: fc.constant(['supervisor']),
    policyVersion: fc.constant(1),
  }),
};

export const ACTORS: readonly Actor[] = [
  ...[ayse, fatma, selim, mehmet, zeynep, webForm, clock, auditor],
  // One person with two hats: what four eyes are about.
  { ...ayse, sub: mehmet.sub },
  { ...mehmet, sub: ayse.sub },
];

/** A body for each command that nothing is wrong with, where the state allows it. */
export const GOOD_BODIES: { readonly [Type in ComplaintCommandType]: readonly ComplaintCommandData[Type][] } =
  {
    receive: [receiveBody],
    categorise: [{ category: 'pipe' }, { callTree: 'power', category: 'wire' }],
    prioritise: [{ priority: 'urgent', reason: 'x' }],
    route: [
      { team: 'plumbing', reason: 'x' },
      { team: 'electric', reason: 'x' },
    ],
    open: [{}],
    recordAction: [{ kind: 'site-visit', description: 'x' }],
    recordFollowUp: [{ note: 'x' }],
    pause: [{ reason: 'x' }],
    resume: [{}],
    resolve: [{ outcome: 'fixed', explanation: 'x' }],
    confirm: [{}],
    reject: [{ reason: 'x' }],
    close: [{}],
    withdraw: [{ reason: 'x' }],
    reopen: [{ reason: 'x' }],
    recordSurveyAttempt: [{ outcome: 'no-answer' }],
    recordSurvey: [
      {
        scores: { solution: 5, technique: 4, attention: 3, quality: null, duration: 1 },
        overall: 4,
        comment: 'x',
      },
    ],
    escalate: [1, 2].flatMap((cycle) =>
      [1, 2].map((level) => ({
        ...{ cycle, level, at: '80%', reachedAt: hour(0), dueAt: hour(9), notify: ['x'], policyVersion: 1 },
      })),
    ),
  };

/** Something that somebody might try. */
export interface Attempt {
  readonly type: ComplaintCommandType;
  readonly data: unknown;
  readonly actor: Actor;
  /** Instead of all that: of the commands that lead on, this one, well-formed, by somebody who may. */
  readonly nudge: number | undefined;
  readonly occurredAt: string | undefined;
  readonly importing: boolean;
  readonly hoursLater: number;
}

const typesAndBodies = fc.oneof(
  ...(Object.keys(bodies) as ComplaintCommandType[]).map((type) =>
    fc.record({ type: fc.constant(type), data: bodies[type] as fc.Arbitrary<unknown> }),
  ),
);

export const arbitraryAttempt: fc.Arbitrary<Attempt> = fc
  .record({
    tried: typesAndBodies,
    actor: fc.constantFrom(...ACTORS),
    nudge: fc.option(fc.nat(20), { nil: undefined, freq: 2 }),
    occurredAt: fc.option(instant, { nil: undefined, freq: 2 }),
    importing: fc.boolean(),
    hoursLater: fc.nat(30),
  })
  .map(({ tried, ...rest }) => ({ ...tried, ...rest }));
