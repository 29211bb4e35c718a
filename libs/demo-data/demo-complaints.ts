import type { ImportLine } from '#libs/importing/index.js';
import { tellComplaint } from './complaint-story.js';
import { seededRandom } from './random.js';
import { afterWorkingHours } from './working-hours.js';

const DAY = 86_400_000;
export const DEMO_DAYS = 90;

/**
 * Complaints of the 90 days before `until` (epoch milliseconds), case by case, each case's lines in order. The same
 * arguments tell the same complaints, so an interrupted load goes on where it was.
 */
export function* demoComplaints(count: number, until: number, seed = 1): Generator<readonly ImportLine[]> {
  for (let number = 1; number <= count; number += 1) {
    const random = seededRandom(seed * 1_000_003 + number);
    const age = DEMO_DAYS * DAY * (1 - (number - random.next()) / count);
    const moment = Math.floor(until - age);
    // Most people call while somebody answers.
    const contactedAt = random.chance(0.85)
      ? Math.floor(afterWorkingHours(moment, random.next() * 8))
      : moment;
    const lines = tellComplaint(random, `demo-${String(number).padStart(5, '0')}`, contactedAt, until);
    if (lines.length > 0) yield lines;
  }
}
