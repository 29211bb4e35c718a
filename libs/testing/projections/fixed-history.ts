import type { ConfigurationEvent } from '#libs/event-contracts/index.js';
import { addToDigest, documentHash } from '#libs/projection-engine/documents/digest.js';
import { LogFold } from '#libs/projection-engine/fold/log-fold.js';
import { Skips } from '#libs/projection-engine/fold/skips.js';
import { runnable } from '#libs/projection-engine/fold/runnable-projection.js';
import type { AnyProjection } from '#libs/projection-engine/index.js';
import { calendarDefined, nodeDefined, policyPublished } from '../recorded-events.js';
import { ComplaintLives } from './complaint-lives.js';
import { MemoryLog } from './memory-log.js';
import { seededRandom } from './seeded-random.js';

/** The digest of what a projection makes of one and the same history of complaints and configuration. */
export function behaviourOf(projection: AnyProjection): string {
  const fold = new LogFold(runnable(projection), new Skips(), () => true);
  for (const message of fixedHistory().messages) fold.apply(message);
  let digest = '0'.repeat(64);
  for (const { state } of fold.complaints.values()) {
    if (state.document) digest = addToDigest(digest, documentHash(state.document));
  }
  return digest;
}

/** Some 1500 events; the calendar and the policy change on the way. */
function fixedHistory(): MemoryLog {
  const log = new MemoryLog();
  const lives = new ComplaintLives(seededRandom(42), 40, 'fixed');
  const configure = (stream: string, event: ConfigurationEvent) => {
    const { type, data, context } = lives.envelope(event);
    log.record(stream, type, data, context.occurredAt);
  };
  configure('calendar-default', calendarDefined());
  configure('callTree-defects', nodeDefined('defects'));
  configure('callTree-defects-plumbing', nodeDefined('defects-plumbing', 'defects'));
  configure('slaPolicy-default', policyPublished());
  for (let told = 0; told < 1500; told++) {
    const { streamId, events } = lives.next();
    for (const { type, data, context } of events) log.record(streamId, type, data, context.occurredAt);
    if (told === 500)
      configure('calendar-default', calendarDefined({ hours: { monday: [['08:00', '20:00']] } }));
    if (told === 900) configure('slaPolicy-default', policyPublished({ version: 2, approval: 'PT1H' }));
  }
  return log;
}
