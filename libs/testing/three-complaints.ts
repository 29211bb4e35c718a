import { AYSE, FATMA, line, march, MEHMET, receive } from './told-product.js';

/*
 * Monday 2 March 2026; the default calendar is open from 09:00 to 18:00 in Istanbul (06:00 to 15:00 UTC), plumbing is due
 * after 27 business hours, a call is to be recorded in 15 minutes.
 */

const property = { project: '=Bahçekent', unit: '12' };

/** Resolved on Tuesday at 09:00 UTC: 6 h of Monday from 09:00 on and 3 h of Tuesday, less 1 h paused. */
const FIRST = [
  receive('case-1', '02T09:00', { contactedAt: march('02T08:50'), property }),
  line('case-1', '02T09:30', AYSE, 'route', { team: 'plumbing' }),
  line('case-1', '02T10:00', MEHMET, 'open'),
  line('case-1', '02T14:30', MEHMET, 'pause', { reason: 'Müşteri evde değil' }),
  line('case-1', '03T06:30', MEHMET, 'resume'),
  line('case-1', '03T09:00', MEHMET, 'resolve', {
    outcome: 'fixed',
    explanation: 'Conta değişti',
    category: 'material',
  }),
  line('case-1', '03T10:00', AYSE, 'confirm'),
  line('case-1', '03T10:30', AYSE, 'close'),
  line('case-1', '03T12:00', FATMA, 'survey-attempts', { outcome: 'no-answer' }),
  line('case-1', '04T12:00', FATMA, 'survey', {
    scores: { solution: 5, technique: 4, attention: null, quality: 3, duration: 2 },
    overall: 4,
  }),
];
const SECOND = [
  receive('case-2', '02T10:00', {
    contactedAt: march('02T09:00'),
    priority: 'urgent',
    customer: { ref: 'crm-2', kind: 'tenant', name: 'Can Öz' },
    property,
  }),
];
const THIRD = [
  receive('case-3', '05T10:00', {
    callTree: 'sales',
    channel: 'email',
    contactedAt: march('05T09:00'),
    property,
  }),
];

/** One from its call to its survey, and two that wait for triage. */
export const THREE_COMPLAINTS = [...FIRST, ...SECOND, ...THIRD];
