import { Counter, Gauge, type Registry } from 'prom-client';
import type { DeliveryParts, Outbox } from '#libs/notifications/index.js';
import type { Logger } from '#libs/observability/index.js';

export interface EscalationMetrics {
  escalated(this: void, levels: readonly number[]): void;
  leads(this: void, leads: boolean): void;
  told(this: void, logger: Logger): DeliveryParts['onResult'];
}

/** Names begin with `escalation` and `notification`. */
export function escalationMetrics(registry: Registry, outbox: Outbox): EscalationMetrics {
  const registers = [registry];
  const escalations = new Counter({
    name: 'escalations_total',
    help: 'Escalations that this process appended, by level',
    labelNames: ['level'],
    registers,
  });
  const leader = new Gauge({
    name: 'escalation_leader',
    help: '1 in the process that escalates, 0 in those that stand by',
    registers,
  });
  const deliveries = new Counter({
    name: 'notification_attempts_total',
    help: 'Attempts to deliver a notification, by channel and result (delivered, failed, parked)',
    labelNames: ['channel', 'result'],
    registers,
  });
  new Gauge({
    name: 'notifications_outbox',
    help: 'Notifications in the outbox, by state (waiting, parked, stale); parked ones need somebody to look',
    labelNames: ['state'],
    registers,
    async collect() {
      // A store that is away shows elsewhere; it must not take the other metrics with it.
      const counts = await outbox.counts().catch(() => undefined);
      for (const [state, count] of Object.entries(counts ?? {})) this.set({ state }, count);
    },
  });
  return {
    escalated: (levels) => {
      for (const level of levels) escalations.inc({ level });
    },
    leads: (leads) => {
      leader.set(leads ? 1 : 0);
    },
    told: (logger) => (entry, result, failure) => {
      deliveries.inc({ channel: entry.channel, result });
      const fields = { notificationId: entry._id, channel: entry.channel, whom: entry.whom, failure };
      if (result === 'failed') logger.warn(fields, 'a notification was not delivered; tried again');
      if (result === 'parked') logger.error(fields, 'a notification could not be delivered and is parked');
    },
  };
}
