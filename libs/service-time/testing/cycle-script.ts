import { EventRef } from '../clocks/clock-input.js';
import { CycleFacts, FactMoment } from '../clocks/cycle-facts.js';
import { compilePolicy, CompiledPolicy } from '../policy/compile-policy.js';
import { SlaPolicyDefinition } from '../policy/policy-definition.js';
import { at } from './fixtures.js';

export const POLICY: SlaPolicyDefinition = {
  calendar: 'office',
  registration: { phone: 'PT15M', email: 'PT4H' },
  resolution: [
    { callTree: 'building', target: 'PT16H' },
    { callTree: 'plumbing', target: 'PT8H' },
    { callTree: 'plumbing', priority: 'urgent', target: 'PT2H' },
  ],
  approval: 'PT8H',
  survey: 'PT16H',
  escalation: [
    { level: 1, at: '80%', notify: ['team'] },
    { level: 2, at: 'PT0S after', notify: ['team', 'supervisor'] },
    { level: 3, at: 'PT2H after', notify: ['management'] },
  ],
  reopenWindow: 'P14D',
  surveyAttempts: 3,
};

export function policyOf(changes: Partial<SlaPolicyDefinition> = {}): CompiledPolicy {
  return compilePolicy({ ...POLICY, ...changes });
}

/** `building` is the root, `plumbing` and `garden` hang on it, `leak` on plumbing; `other` is a root without a line. */
export const PATHS: Readonly<Record<string, readonly string[]>> = {
  building: ['building'],
  plumbing: ['plumbing', 'building'],
  leak: ['leak', 'plumbing', 'building'],
  garden: ['garden', 'building'],
  other: ['other'],
};

export function fact(type: string, time: string): FactMoment & { readonly by: EventRef } {
  return { at: at(time), by: { id: `${type}@${time}`, type } };
}

/** A cycle on `plumbing` at normal priority, received by phone on Monday 2 November 2026 at ten. */
export function cycle(changes: Partial<CycleFacts> = {}): CycleFacts {
  const received = fact('ComplaintReceived', '2026-11-02T10:00');
  return {
    cycle: 1,
    channel: 'phone',
    contactedAt: at('2026-11-02T09:50'),
    receivedAt: received,
    started: received,
    placements: [{ ...received, callTree: 'plumbing', priority: 'normal' }],
    pauses: [],
    resolutions: [],
    ...changes,
  };
}
