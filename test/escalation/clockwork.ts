import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import { ComplaintCache, backOff, handleComplaintCommand } from '#libs/command-handling/index.js';
import type { CommandHandling, ComplaintCommandRequest } from '#libs/command-handling/index.js';
import {
  ConfigurationView,
  decisionContextsOf,
  handleConfigurationCommand,
  type ConfigurationCommand,
} from '#libs/configuration/index.js';
import type { Actor, RecordedEvent } from '#libs/event-contracts/index.js';
import { complaintStream } from '#libs/event-contracts/index.js';
import { currentCycle, escalateBefore, type Escalating } from '#libs/escalation/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { createSealer } from '#libs/personal-data/index.js';
import { startProjector } from '#libs/projection-engine/index.js';
import { commandKeysOn, projectionStoreOn } from '#libs/read-store/index.js';
import { openStores, type Stores } from '#libs/runtime/index.js';
import { readSettings, type NotifySettings } from '#libs/settings/index.js';
import { startTestEngines, type TestEngines } from '#libs/testing/embedded-engines.js';
import { slaFacts } from '#projections/sla-facts/index.js';
import {
  openEscalation,
  type EscalationTuning,
  type RunningEscalation,
} from '#apps/escalator/open-escalation.js';

const ayse: Actor = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
const admin: Actor = { sub: 'nur', name: 'Nur', role: 'admin' };
const NAMES = { tr: 'Ad', en: 'Name' };
const ALL_DAY: [string, string][] = [['00:00', '24:00']];

const IN_A_HURRY: Partial<EscalationTuning> = { pollMs: 50, beatMs: 100, leaseMs: 1000 };

type Body<Type extends ComplaintCommandRequest['type']> = Extract<
  ComplaintCommandRequest,
  { type: Type }
>['data'];

/**
 * A product's back office on two engines: commands, the facts of service levels, and escalation on demand. Open all day,
 * every day; one hour for everything, with levels at half of it, at the due moment and an hour after.
 */
export interface Clockwork {
  readonly stores: Stores;
  readonly handling: CommandHandling;
  readonly escalating: Escalating;
  /** Received, with its clock begun at this moment (milliseconds since the epoch). */
  receive(begunAt: number): Promise<string>;
  /** As the entrance gives it: what is due before it goes first. */
  give<Type extends Exclude<ComplaintCommandRequest['type'], 'receive'>>(
    complaintId: string,
    type: Type,
    data: Body<Type>,
    occurredAt?: number,
  ): Promise<void>;
  define(command: ConfigurationCommand): Promise<void>;
  /** One more instance, in a hurry unless told otherwise; `stop` ends it. */
  escalate(notify?: NotifySettings, tuning?: Partial<EscalationTuning>): Promise<RunningEscalation>;
  escalationsOf(complaintId: string): Promise<readonly RecordedEvent[]>;
  /** Waits until it holds; fails after a while. */
  until(holds: () => Promise<boolean>): Promise<void>;
  /** Ends all instances that run. */
  restUntilNext(): Promise<void>;
  /** Long enough for several looks at everything. */
  aWhile(): Promise<void>;
  stop(): Promise<void>;
}

/** @param target of everything; levels are at half of it, at the due moment and an hour after */
export async function startClockwork(target = 'PT1H'): Promise<Clockwork> {
  const engines: TestEngines = await startTestEngines();
  const dataDir = await mkdtemp(join(tmpdir(), 'complaint-ledger-escalation-'));
  const logger = createLogger({ level: 'silent', service: 'test' });
  const urls = { eventStoreUrl: engines.eventStore.url, mongoUrl: engines.mongo.url };
  const stores = await openStores(readSettings({ DATA_DIR: dataDir }), urls, logger);
  const { eventStore, readStore } = stores;
  const view = await ConfigurationView.open(eventStore, () => undefined);
  const common = {
    eventStore,
    commandKeys: commandKeysOn(readStore),
    sealer: createSealer(stores.keyStore, stores.masterKey),
    now: () => new Date().toISOString(),
    newId: () => uuidV7(),
    backOff,
  };
  const handlingOf = (): CommandHandling => ({
    ...common,
    contexts: decisionContextsOf(view),
    cache: new ComplaintCache(1000),
  });
  const handling = handlingOf();
  const escalating: Escalating = {
    commands: handling,
    currentCycle: (id) => currentCycle(handling, id),
    configuration: () => view.current,
  };
  const define = async (command: ConfigurationCommand): Promise<void> => {
    const origin = { actors: [admin] as const, correlationId: uuidV7() };
    await handleConfigurationCommand({ ...common, view }, { command, origin });
  };
  await define({ type: 'defineCallTreeNode', data: { code: 'defects', names: NAMES } });
  await define({ type: 'defineTeam', data: { code: 'plumbing', names: NAMES } });
  await define({ type: 'defineCalendar', data: allDay() });
  await define({ type: 'publishSlaPolicy', data: policy(target) });
  const projector = await startProjector({
    log: eventStore,
    store: projectionStoreOn(readStore),
    projections: [slaFacts],
    tuning: { beatMs: 200 },
  });
  const running: RunningEscalation[] = [];
  const rest = async (): Promise<void> => {
    for (const escalation of running.splice(0)) await escalation.stop();
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let waited = 0; waited < 20_000; waited += 50) {
      if (await holds()) return;
      await sleep(50);
    }
    throw new Error('It never came to hold.');
  };

  return {
    stores,
    handling,
    escalating,
    receive: async (begunAt) => {
      const occurredAt = new Date(begunAt).toISOString();
      const { answer } = await handleComplaintCommand(handling, {
        type: 'receive',
        data: {
          customer: { kind: 'owner', name: 'Can Öz' },
          channel: 'phone',
          contactedAt: occurredAt,
          callTree: 'defects',
          subject: 'Su kaçağı',
          description: 'Mutfakta su damlıyor',
        },
        origin: { actors: [ayse], correlationId: uuidV7(), occurredAt },
      });
      return answer.id;
    },
    give: async (complaintId, type, data, at) => {
      const occurredAt = at === undefined ? undefined : new Date(at).toISOString();
      const origin = { actors: [ayse], correlationId: uuidV7(), occurredAt };
      const request = { type, complaintId, data, origin } as unknown as ComplaintCommandRequest;
      await escalateBefore(escalating, request);
      await handleComplaintCommand(handling, request);
    },
    define,
    escalate: async (notify, tuning = IN_A_HURRY) => {
      const metrics = createMetrics('test');
      const commands = handlingOf();
      const parts = { eventStore, readStore, commands, view, logger, metrics, tuning };
      const escalation = await openEscalation({ ...parts, ...(notify ? { notify } : {}) });
      running.push(escalation);
      return escalation;
    },
    escalationsOf: async (complaintId) => {
      const found: RecordedEvent[] = [];
      for await (const message of eventStore.readStream(complaintStream(complaintId))) {
        if (message.kind === 'event' && message.event.type === 'ComplaintEscalated')
          found.push(message.event);
      }
      return found;
    },
    until,
    restUntilNext: rest,
    aWhile: () => sleep(1200),
    stop: async () => {
      await rest();
      await projector.stop();
      await view.close();
      await stores.close();
      await engines.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function allDay(): Extract<ConfigurationCommand, { type: 'defineCalendar' }>['data'] {
  const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
  return {
    code: 'always',
    names: NAMES,
    timeZone: 'Europe/Istanbul',
    hours: Object.fromEntries(days.map((day) => [day, ALL_DAY])),
  };
}

function policy(target: string): Extract<ConfigurationCommand, { type: 'publishSlaPolicy' }>['data'] {
  return {
    effectiveFrom: '2000-01-01T00:00:00.000Z',
    calendar: 'always',
    registration: { phone: 'PT15M' },
    resolution: [{ callTree: 'defects', target }],
    escalation: [
      { level: 1, at: '50%', notify: ['team', 'supervisor'] },
      { level: 2, at: '100%', notify: ['supervisor'] },
      { level: 3, at: 'PT1H after', notify: ['management'] },
    ],
    reopenWindow: 'P14D',
    surveyAttempts: 2,
  };
}
