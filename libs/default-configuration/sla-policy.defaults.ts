import type { ResolutionTarget, SlaPolicyData } from '#libs/event-contracts/index.js';

/** Business time: a working day of the default calendar has nine hours. */
function targets(
  callTree: string,
  normal: string,
  high: string,
  urgent: string,
): readonly ResolutionTarget[] {
  return [
    { callTree, target: normal },
    { callTree, priority: 'high', target: high },
    { callTree, priority: 'urgent', target: urgent },
  ];
}

/** In force from long ago, so that imported histories are judged too. */
export const DEFAULT_POLICY: Omit<SlaPolicyData, 'version'> = {
  effectiveFrom: '2000-01-01T00:00:00.000Z',
  calendar: 'default',
  registration: {
    phone: 'PT15M',
    email: 'PT4H',
    'live-chat': 'PT15M',
    fax: 'PT8H',
    'web-form': 'PT4H',
    letter: 'PT24H',
    'sales-office': 'PT1H',
    'site-management': 'PT1H',
    event: 'PT24H',
    social: 'PT4H',
  },
  resolution: [
    ...targets('sales', 'PT27H', 'PT18H', 'PT9H'),
    ...targets('delivery', 'PT90H', 'PT45H', 'PT18H'),
    ...targets('defects', 'PT45H', 'PT27H', 'PT9H'),
    ...targets('defects-plumbing', 'PT27H', 'PT9H', 'PT4H'),
    ...targets('defects-electrical', 'PT27H', 'PT9H', 'PT4H'),
    ...targets('common-areas', 'PT45H', 'PT27H', 'PT9H'),
    ...targets('common-lifts', 'PT18H', 'PT9H', 'PT4H'),
    ...targets('site-management', 'PT45H', 'PT27H', 'PT9H'),
    ...targets('deeds', 'PT90H', 'PT45H', 'PT27H'),
    ...targets('digital', 'PT27H', 'PT18H', 'PT9H'),
    ...targets('other', 'PT45H', 'PT27H', 'PT18H'),
  ],
  approval: 'PT9H',
  survey: 'PT27H',
  escalation: [
    { level: 1, at: '80%', notify: ['team'] },
    { level: 2, at: '100%', notify: ['supervisor'] },
    { level: 3, at: 'PT18H after', notify: ['management'] },
  ],
  reopenWindow: 'P14D',
  surveyAttempts: 3,
};
