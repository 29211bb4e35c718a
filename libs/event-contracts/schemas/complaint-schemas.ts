import {
  CHANNELS,
  CUSTOMER_KINDS,
  FOLLOW_UP_PARTIES,
  PRIORITIES,
  RESOLUTION_OUTCOMES,
  type SatisfactionScores,
  SURVEY_ATTEMPT_OUTCOMES,
} from '../complaint/vocabulary.js';
import {
  atLeast,
  code,
  described,
  flag,
  instant,
  listOf,
  objectOf,
  oneOfWords,
  sealed,
  text,
  uuid,
} from './schema-parts.js';
import type {
  ComplaintEventData,
  ComplaintEventType,
  Customer,
  Property,
} from '../complaint/complaint-events.js';
import type { JsonSchema } from './json-schema.js';

const customer = objectOf<Customer>(
  {
    ref: described(text, 'Reference of the customer; names the key that seals the personal fields.'),
    kind: oneOfWords(CUSTOMER_KINDS),
    name: sealed('Name.'),
  },
  {
    phone: sealed('Phone number.'),
    email: sealed('E-mail address.'),
    locale: described(text, 'Language to speak, BCP 47.'),
  },
);

const property = objectOf<Property>(
  { project: described(text, 'Housing project.') },
  { block: sealed('Block.'), unit: sealed('Home or business unit.') },
);

const score = described(
  { type: ['integer', 'null'], enum: [1, 2, 3, 4, 5, null] },
  '1 to 5, null: not applicable.',
);

const scores = objectOf<SatisfactionScores>(
  { solution: score, technique: score, attention: score, quality: score, duration: score },
  {},
);

const callTreeNode = described(code, 'Call-tree node.');
const category = described(code, 'Complaint category, the root cause.');
const team = described(code, 'Team.');

/** The newest version of each type, as it stands in the log. The description of an event is its meaning. */
export const COMPLAINT_SCHEMAS: { readonly [Type in ComplaintEventType]: JsonSchema } = {
  ComplaintReceived: described(
    objectOf<ComplaintEventData['ComplaintReceived']>(
      {
        complaintId: uuid,
        reference: described(text, 'The number that the customer is told.'),
        customer,
        channel: oneOfWords(CHANNELS),
        contactedAt: described(
          instant,
          'When the customer reached the channel: the registration clock starts.',
        ),
        receivedAt: described(
          instant,
          'When it was recorded: the registration clock stops, the first cycle begins.',
        ),
        callTree: callTreeNode,
        priority: oneOfWords(PRIORITIES),
        subject: sealed('In a few words.'),
        description: sealed('What the customer said.'),
      },
      {
        property,
        category,
        requestedRemedy: sealed('What the customer asks for.'),
        externalId: described(text, 'Identity of the case in the system that it was imported from.'),
      },
    ),
    'A complaint was recorded, and the customer was told its reference number.',
  ),
  ComplaintCategorised: described(
    objectOf<ComplaintEventData['ComplaintCategorised']>(
      {},
      {
        callTree: described(code, 'Call-tree node from now on; absent when it stays.'),
        category: described(code, 'Category from now on; absent when it stays.'),
        previousCallTree: described(code, 'Call-tree node until now.'),
        previousCategory: described(code, 'Category until now.'),
        reason: sealed('Why.'),
      },
    ),
    'The complaint was put on another call-tree node, its root cause was found or corrected, or both.',
  ),
  PriorityChanged: described(
    objectOf<ComplaintEventData['PriorityChanged']>(
      { priority: oneOfWords(PRIORITIES), previousPriority: oneOfWords(PRIORITIES), reason: sealed('Why.') },
      {},
    ),
    'The complaint was given another priority.',
  ),
  ComplaintRouted: described(
    objectOf<ComplaintEventData['ComplaintRouted']>(
      { team },
      {
        previousTeam: described(code, 'Team that had it.'),
        reason: sealed('Why; given when a team had it.'),
      },
    ),
    'The complaint was given to a team, for the first time or by another team.',
  ),
  ActivityOpened: described(
    objectOf<ComplaintEventData['ActivityOpened']>(
      { team, officer: described(text, '`sub` of the officer.') },
      {},
    ),
    'An officer of the team opened the activity and examines it.',
  ),
  ActionRecorded: described(
    objectOf<ComplaintEventData['ActionRecorded']>(
      { kind: described(text, 'Kind of action, e.g. site-visit.'), description: sealed('What was done.') },
      {},
    ),
    'The team did something about the complaint.',
  ),
  FollowUpRecorded: described(
    objectOf<ComplaintEventData['FollowUpRecorded']>(
      { note: sealed('What was learned or agreed.') },
      { with: described(oneOfWords(FOLLOW_UP_PARTIES), 'Whom the contact was with.') },
    ),
    'A note or a follow-up contact, at any time.',
  ),
  ClockPaused: described(
    objectOf<ComplaintEventData['ClockPaused']>(
      { reason: sealed('What is waited for.') },
      {
        until: described(
          instant,
          'When the waiting is expected to end; the clock does not resume by itself.',
        ),
      },
    ),
    'The resolution clock waits for the customer.',
  ),
  ClockResumed: described(objectOf<object>({}, {}), 'The waiting is over; the resolution clock runs again.'),
  ComplaintEscalated: described(
    objectOf<ComplaintEventData['ComplaintEscalated']>(
      {
        cycle: atLeast(1),
        level: atLeast(1),
        at: described(text, "The policy's words for the level, e.g. 80% or PT2H after."),
        reachedAt: described(instant, 'When the level was due to be reached.'),
        dueAt: described(instant, 'When the clock itself is due.'),
        notify: described(listOf(text), 'Who is to be told.'),
        policyVersion: atLeast(1),
        lateBySeconds: described(atLeast(0), 'Wall seconds from reachedAt to this event.'),
      },
      {},
    ),
    'The clock passed a level of the policy; appended by the system, once per level and cycle.',
  ),
  ComplaintResolved: described(
    objectOf<ComplaintEventData['ComplaintResolved']>(
      {
        outcome: oneOfWords(RESOLUTION_OUTCOMES),
        explanation: sealed('The result as it can be told to the customer.'),
        onTheSpot: described(flag, 'By the agent who took the contact, without routing.'),
      },
      { category: described(code, 'Root cause that was found.') },
    ),
    'A result was entered. The clock stops, if the result is accepted. Ends a pause.',
  ),
  ResolutionConfirmed: described(
    objectOf<ComplaintEventData['ResolutionConfirmed']>({}, { note: sealed('Note.') }),
    'Call management checked the result and accepted it (closing approval, kapatma onayı).',
  ),
  ResolutionRejected: described(
    objectOf<ComplaintEventData['ResolutionRejected']>({ reason: sealed('What is not solved yet.') }, {}),
    'Call management did not accept the result: it is back with the team, and the clock never stopped.',
  ),
  ComplaintClosed: described(
    objectOf<ComplaintEventData['ComplaintClosed']>({}, { note: sealed('Note.') }),
    'The complaint was closed after its confirmation; the survey is due.',
  ),
  ComplaintReopened: described(
    objectOf<ComplaintEventData['ComplaintReopened']>(
      { cycle: described(atLeast(2), 'The cycle that begins.'), reason: sealed('Why.') },
      {},
    ),
    'A new cycle with clocks of its own; past cycles stay as they were.',
  ),
  ComplaintWithdrawn: described(
    objectOf<ComplaintEventData['ComplaintWithdrawn']>({ reason: sealed('Why.') }, {}),
    'The complaint ended without a confirmed result.',
  ),
  SurveyAttempted: described(
    objectOf<ComplaintEventData['SurveyAttempted']>(
      {
        outcome: oneOfWords(SURVEY_ATTEMPT_OUTCOMES),
        attempt: described(atLeast(1), 'Number of the attempt in its cycle.'),
        unreached: described(flag, 'It was the last that the policy asks for: the survey ends as unreached.'),
      },
      { callBackAt: described(instant, 'When the customer wants to be called back.') },
    ),
    'A survey call without answers.',
  ),
  SatisfactionSurveyed: described(
    objectOf<ComplaintEventData['SatisfactionSurveyed']>(
      {
        scores,
        overall: described({ type: 'integer', enum: [1, 2, 3, 4, 5] }, 'Overall score, 1 to 5.'),
        questionnaireVersion: text,
      },
      { comment: sealed('In the words of the customer.') },
    ),
    'The customer answered the survey call.',
  ),
};
