import type { CommandHandling } from '#libs/command-handling/index.js';
import type { ConfigurationView } from '#libs/configuration/index.js';
import {
  currentCycle,
  escalateComplaint,
  Leadership,
  pause,
  ReadAhead,
  Sweeper,
  type LeaseTiming,
  type SweepLimits,
} from '#libs/escalation/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import { deliverDue, feedOutbox, openChannels, type Outbox } from '#libs/notifications/index.js';
import type { Logger, Metrics } from '#libs/observability/index.js';
import { leaseOn, outboxOn, type ReadStore } from '#libs/read-store/index.js';
import type { NotifySettings } from '#libs/settings/index.js';
import { dueTimersOn } from './due-timers.adapter.js';
import { escalationMetrics } from './escalation-metrics.js';
import { noticeContext } from './notice-context.js';

export interface EscalationParts {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly commands: CommandHandling;
  readonly view: ConfigurationView;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly notify?: NotifySettings;
  readonly tuning?: Partial<EscalationTuning>;
}

export interface EscalationTuning extends LeaseTiming, SweepLimits {
  /** Between two looks for due timers, new escalations and due deliveries. */
  readonly pollMs: number;
}

export interface RunningEscalation {
  readonly outbox: Outbox;
  stop(): Promise<void>;
}

const POLL_MS = 250;
const TELLING_WAITS_MS = 5000;
const CALM_MS = 50;
const KEEP_DELIVERED_MS = 90 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

/**
 * Escalates what is due and tells whom the policy names: loops that run in one process at a time, the one that
 * holds the lease. Where two do for a moment, deterministic command ids and guarded outbox entries keep it at once.
 */
export async function openEscalation(parts: EscalationParts): Promise<RunningEscalation> {
  const { eventStore, readStore, commands, view, logger, notify, tuning = {} } = parts;
  const outbox = outboxOn(readStore);
  await outbox.prepare();
  const channels = openChannels(notify, logger);
  const metrics = escalationMetrics(parts.metrics.registry, outbox);
  const pollMs = tuning.pollMs ?? POLL_MS;

  const timers = dueTimersOn(readStore);
  const readAhead = new ReadAhead({
    timers,
    currentCycle: (id) => currentCycle(commands, id),
    now: commands.now,
  });
  const sweeper = new Sweeper({
    timers,
    escalate: async (timer) => {
      let ahead = readAhead.take(timer);
      const outcome = await escalateComplaint(
        {
          commands,
          // Only once: what turns out to be old is read again.
          currentCycle: async (id) => {
            const read = ahead ?? (await currentCycle(commands, id));
            ahead = undefined;
            return read;
          },
          configuration: () => view.current,
        },
        timer.complaintId,
      );
      metrics.escalated(outcome.levels);
      return outcome;
    },
    now: commands.now,
    onFailure: (complaintId, error) => {
      logger.error({ err: error, complaintId }, 'a complaint could not be escalated; tried again');
    },
    limits: tuning,
  });

  const escalating = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await sweeper.sweep(signal);
      await pause(pollMs, signal);
    }
  };
  const readingAhead = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await readAhead.look(signal);
      await pause(pollMs, signal);
    }
  };
  // Many moments at once come first, telling of them next; but it waits no longer than it takes to be missed.
  const calm = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && sweeper.busyMs > 0 && sweeper.busyMs < TELLING_WAITS_MS)
      await pause(CALM_MS, signal);
  };
  const feeding = async (signal: AbortSignal): Promise<void> => {
    const feed = {
      log: eventStore,
      outbox,
      channels: channels.map(({ name }) => name),
      contextOf: async (complaintId: string, event: Parameters<typeof noticeContext>[4]) => {
        await calm(signal);
        return noticeContext(eventStore, view.current, notify?.link, complaintId, event);
      },
      now: () => new Date().toISOString(),
      onUnreadable: ({ streamId, revision }: { streamId: string; revision: number }) => {
        logger.error({ streamId, revision }, 'an escalation in the log cannot be read: nobody is told of it');
      },
    };
    while (!signal.aborted) {
      await calm(signal);
      await feedOutbox(feed, signal);
      await pause(pollMs, signal);
    }
  };
  const delivering = async (signal: AbortSignal): Promise<void> => {
    let pruned = -Infinity;
    while (!signal.aborted) {
      await calm(signal);
      const tried = await deliverDue(
        { outbox, channels, now: Date.now, onResult: metrics.told(logger) },
        signal,
      );
      if (Date.now() - pruned > PRUNE_EVERY_MS) {
        pruned = Date.now();
        await outbox.prune(new Date(pruned - KEEP_DELIVERED_MS).toISOString());
      }
      if (tried === 0) await pause(pollMs, signal);
    }
  };

  const leadership = new Leadership({
    store: leaseOn(readStore, 'escalation'),
    duties: [escalating, readingAhead, feeding, delivering],
    timing: tuning,
    onTrouble: (error) => {
      logger.warn({ err: error }, 'escalation had trouble and goes on');
    },
    onChange: (leads, epoch) => {
      metrics.leads(leads);
      logger.info({ epoch }, leads ? 'escalation is done by this process' : 'escalation is left to others');
    },
  });
  return {
    outbox,
    stop: async () => {
      await leadership.stop();
      for (const channel of channels) await channel.close();
    },
  };
}
