import {
  type ComplaintCommand,
  type ComplaintCommandData,
  type ComplaintCommandType,
  type ComplaintState,
  type DecisionContext,
  type Fact,
  decide,
  evolve,
  initialState,
} from '#libs/complaint-domain/index.js';
import type { Actor, ComplaintEvent } from '#libs/event-contracts/index.js';
import { type Outcome, specificationOf } from './decider-specification.js';

export const ayse: Actor = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
export const fatma: Actor = { sub: 'fatma', name: 'Fatma', role: 'agent' };
export const selim: Actor = { sub: 'selim', name: 'Selim', role: 'supervisor' };
export const mehmet: Actor = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };
export const zeynep: Actor = { sub: 'zeynep', name: 'Zeynep', role: 'officer', team: 'electric' };
export const webForm: Actor = { sub: 'web-form', name: 'Web form', role: 'service' };
export const clock: Actor = { sub: 'system', name: 'System', role: 'system' };
export const auditor: Actor = { sub: 'nur', name: 'Nur', role: 'auditor' };

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
const start = Date.parse('2024-09-02T06:00:00.000Z');

/** Stories begin on a Monday; each fact happens an hour after the one before. */
export function hour(hours: number): string {
  return new Date(start + hours * HOUR_MS).toISOString();
}

export const context: DecisionContext = {
  hasTeam: (code) => ['plumbing', 'electric'].includes(code),
  hasCallTreeNode: (code) => ['water', 'power'].includes(code),
  hasCategory: (code) => ['pipe', 'wire'].includes(code),
  policy: { reopenWindowMs: 30 * DAY_MS, surveyAttempts: 3 },
};

export const receiveBody: ComplaintCommandData['receive'] = {
  complaintId: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a10',
  reference: 'SK-2024-000001',
  customer: { ref: 'M-1', kind: 'owner', name: 'Can Öz' },
  channel: 'phone',
  contactedAt: hour(0),
  callTree: 'water',
  subject: 'Su kaçağı',
  description: 'Mutfakta su damlıyor',
};

type Told = ComplaintEvent & { readonly by: Actor };

const reception: Told = {
  by: ayse,
  type: 'ComplaintReceived',
  data: { ...receiveBody, receivedAt: hour(0), priority: 'normal' },
};
const routing: Told = { by: ayse, type: 'ComplaintRouted', data: { team: 'plumbing' } };
const opening: Told = { by: mehmet, type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } };
export const pausing: Told = { by: mehmet, type: 'ClockPaused', data: { reason: 'Müşteri evde değil' } };
const resolution: Told = {
  by: mehmet,
  type: 'ComplaintResolved',
  data: { outcome: 'fixed', explanation: 'Conta değişti', onTheSpot: false },
};
const resolutionOnTheSpot: Told = {
  by: ayse,
  type: 'ComplaintResolved',
  data: { outcome: 'explained', explanation: 'Vana kapalıymış', onTheSpot: true },
};
const confirmation: Told = { by: ayse, type: 'ResolutionConfirmed', data: {} };
const closing: Told = { by: ayse, type: 'ComplaintClosed', data: {} };
const survey: Told = {
  by: ayse,
  type: 'SatisfactionSurveyed',
  data: {
    scores: { solution: 5, technique: 4, attention: 5, quality: 4, duration: 3 },
    overall: 4,
    questionnaireVersion: '1',
  },
};
const withdrawal: Told = { by: ayse, type: 'ComplaintWithdrawn', data: { reason: 'Müşteri vazgeçti' } };

/** Facts of a story, an hour apart. */
export function story(...told: readonly Told[]): Fact[] {
  return told.map(({ by, type, data }, index) => ({
    type,
    data,
    metadata: { occurredAt: hour(index), actor: by },
  }));
}

/** One story for each status, and those that matter apart. The last fact of each happens at `hour(length - 1)`. */
export const told = {
  received: [reception],
  routed: [reception, routing],
  open: [reception, routing, opening],
  resolved: [reception, routing, opening, resolution],
  resolvedOnTheSpot: [reception, resolutionOnTheSpot],
  confirmed: [reception, routing, opening, resolution, confirmation],
  closed: [reception, routing, opening, resolution, confirmation, closing],
  surveyed: [reception, routing, opening, resolution, confirmation, closing, survey],
  withdrawn: [reception, withdrawal],
} as const satisfies Record<string, readonly Told[]>;

type Envelope = {
  readonly by: Actor;
  readonly now?: string;
  readonly occurredAt?: string;
  readonly importing?: boolean;
};

export interface ComplaintGiven {
  when<Type extends ComplaintCommandType>(
    type: Type,
    data: ComplaintCommandData[Type],
    envelope: Envelope,
  ): Outcome<ComplaintEvent>;
}

/** The facts of a story, then a command an hour after the last of them (unless it says another moment). */
export function given(...stories: readonly Told[]): ComplaintGiven {
  const facts = story(...stories);
  const specification = specificationOf<ComplaintCommand, ComplaintState, ComplaintEvent, Fact>({
    initialState,
    evolve,
    decide: (command, state) => decide(command, state, context),
  });
  return {
    when: (type, data, { by, now = hour(facts.length), ...rest }) =>
      specification(...facts).when({ type, data, actor: by, now, ...rest } as ComplaintCommand),
  };
}

export function stateAfter(...stories: readonly Told[]): ComplaintState {
  return story(...stories).reduce(evolve, initialState);
}
