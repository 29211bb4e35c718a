import { createHash } from 'node:crypto';
import {
  complaintStream,
  type ComplaintEvent,
  type ConfigurationEvent,
} from '#libs/event-contracts/index.js';
import type { EventStore, EventToAppend } from '#libs/event-store/event-store.port.js';
import { calendarDefined, nodeDefined, policyPublished, reception } from '../recorded-events.js';

const SEALED =
  'sealed:1:0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c21:J1kUAuuS0FT2z2NHvK-IIIe273LlmpSBgQ-3m7ukHkU_J1kUAuuS0FT2z2NH';
const START = Date.parse('2026-01-05T06:00:00.000Z');

interface Life {
  readonly id: string;
  revision: number;
  readonly ahead: ComplaintEvent[];
}

export interface NextAppend {
  readonly streamId: string;
  readonly expected: number | 'no-stream';
  readonly events: readonly EventToAppend[];
}

/**
 * Complaints that live side by side, told one event after the other in an order that the seed decides. For loads and
 * crashes: the events are valid, the persons behind them are not.
 */
export class ComplaintLives {
  private readonly open: Life[] = [];
  private born = 0;
  private told = 0;

  constructor(
    private readonly random: () => number,
    /** How many are told side by side. */
    private readonly sideBySide: number,
    /** Keeps the ids of one teller apart from another's. */
    private readonly teller: string,
  ) {}

  /** One event, or up to `most` of one complaint. */
  next(most = 1): NextAppend {
    const index = Math.floor(this.random() * this.sideBySide);
    const life = this.open[index] ?? this.begin();
    const events = life.ahead.splice(0, most);
    if (life.ahead.length === 0) this.open.splice(this.open.indexOf(life), 1);
    const expected = life.revision < 0 ? 'no-stream' : life.revision;
    life.revision += events.length;
    return {
      streamId: complaintStream(life.id),
      expected,
      events: events.map((event) => this.envelope(event)),
    };
  }

  /** The next event of one that is being told cannot be read by anybody; what is told of it later lies behind that. */
  spoil(): string | undefined {
    const life = this.open[Math.floor(this.random() * this.sideBySide)];
    if (!life || life.revision < 0) return undefined;
    life.revision += 1;
    return complaintStream(life.id);
  }

  envelope(event: ComplaintEvent | ConfigurationEvent): EventToAppend {
    this.told += 1;
    const eventId = uuidFrom(`${this.teller}/event/${this.told}`);
    return {
      type: event.type,
      data: event.data,
      eventId,
      context: {
        occurredAt: new Date(START + this.told * 60_000).toISOString(),
        actor: { sub: 'ayse', name: 'Ayşe', role: 'agent' },
        commandId: eventId,
        $correlationId: eventId,
        $causationId: eventId,
      },
    };
  }

  private begin(): Life {
    this.born += 1;
    const life = {
      id: complaintIdFrom(`${this.teller}/complaint/${this.born}`, START + this.told * 60_000),
      revision: -1,
      ahead: [] as ComplaintEvent[],
    };
    life.ahead.push(...this.lifeOf(life.id));
    this.open.push(life);
    return life;
  }

  private lifeOf(complaintId: string): ComplaintEvent[] {
    const at = new Date(START + this.told * 60_000).toISOString();
    const events: ComplaintEvent[] = [
      reception({
        complaintId,
        reference: `SK-2026-${String(this.born).padStart(6, '0')}`,
        contactedAt: at,
        receivedAt: at,
        subject: SEALED,
        description: SEALED,
        customer: { ref: `M-${this.born}`, kind: 'owner', name: SEALED, phone: SEALED },
        property: { project: 'Bahçekent', block: SEALED, unit: SEALED },
      }),
      { type: 'ComplaintRouted', data: { team: this.random() < 0.5 ? 'plumbing' : 'electric' } },
      { type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } },
    ];
    if (this.random() < 0.6)
      events.push({ type: 'ActionRecorded', data: { kind: 'visit', description: SEALED } });
    if (this.random() < 0.5)
      events.push({ type: 'FollowUpRecorded', data: { note: SEALED, with: 'customer' } });
    if (this.random() < 0.3) {
      events.push({ type: 'ClockPaused', data: { reason: SEALED } }, { type: 'ClockResumed', data: {} });
    }
    const resolved: ComplaintEvent = {
      type: 'ComplaintResolved',
      data: { outcome: 'fixed', explanation: SEALED, onTheSpot: false },
    };
    events.push(resolved);
    if (this.random() < 0.2) events.push({ type: 'ResolutionRejected', data: { reason: SEALED } }, resolved);
    // Some stay open, as in life.
    if (this.random() < 0.3) return events;
    events.push({ type: 'ResolutionConfirmed', data: {} }, { type: 'ComplaintClosed', data: {} });
    if (this.random() < 0.6) {
      const scores = { solution: 5, technique: 4, attention: 5, quality: 4, duration: null } as const;
      events.push({ type: 'SatisfactionSurveyed', data: { scores, overall: 4, questionnaireVersion: '1' } });
    }
    return events;
  }
}

/** A configuration to begin with, so that clocks have targets. */
export async function tellConfiguration(store: EventStore, lives: ComplaintLives): Promise<void> {
  const append = (stream: string, event: ConfigurationEvent) =>
    store.append(stream, 'no-stream', [lives.envelope(event)]);
  await append('calendar-default', calendarDefined());
  await append('callTree-defects', nodeDefined('defects'));
  await append('callTree-defects-plumbing', nodeDefined('defects-plumbing', 'defects'));
  await append('slaPolicy-default', policyPublished());
}

/** The default calendar again with another name: a change that open complaints are folded again for. */
export async function redefineCalendar(
  store: EventStore,
  lives: ComplaintLives,
  revision: number,
): Promise<void> {
  const names = { tr: `Takvim ${revision}`, en: `Calendar ${revision}` };
  const hours = { monday: [['08:00', `${10 + (revision % 10)}:00`]] } as const;
  await store.append('calendar-default', revision, [lives.envelope(calendarDefined({ names, hours }))]);
}

/** Appends side by side, as many at a time as the store's client allows; order is kept per complaint. */
export async function tell(
  store: EventStore,
  lives: ComplaintLives,
  count: number,
  atATime = 64,
): Promise<void> {
  const last = new Map<string, Promise<unknown>>();
  const running = new Set<Promise<unknown>>();
  for (let told = 0; told < count; told++) {
    const { streamId, expected, events } = lives.next();
    const before = last.get(streamId) ?? Promise.resolve();
    const appended = before.then(() => store.append(streamId, expected, events));
    const done = appended.finally(() => {
      running.delete(done);
      if (last.get(streamId) === done) last.delete(streamId);
    });
    last.set(streamId, done);
    running.add(done);
    if (running.size >= atATime) await Promise.race(running);
  }
  await Promise.all(running);
}

/** UUID v7, as the product gives them: what begins about the same time lies side by side in every index. */
function complaintIdFrom(name: string, at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${uuidFrom(name).slice(14)}`;
}

function uuidFrom(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
