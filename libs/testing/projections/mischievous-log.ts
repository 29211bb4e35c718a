import type { EventStore, LogMessage } from '#libs/event-store/event-store.port.js';

/**
 * The real log with a line that a seed makes bad: messages that come again, also older ones, ends without a word, and
 * errors. What a reader of it has to bear on any day, all at once.
 */
export function mischievousLog(log: EventStore, random: () => number): EventStore {
  async function* subscribe(...args: Parameters<EventStore['subscribe']>): AsyncGenerator<LogMessage> {
    const recent: LogMessage[] = [];
    for await (const message of log.subscribe(...args)) {
      const chance = random();
      if (chance < 0.0005) return;
      if (chance < 0.001) throw new Error('The line broke, as the seed would have it.');
      yield message;
      if (message.kind === 'position') continue;
      recent.push(message);
      if (recent.length > 20) recent.shift();
      // A redelivery from an older checkpoint: the last few again, in order.
      if (chance > 0.99) yield* recent.slice(-Math.ceil(random() * 20));
    }
  }
  const follow: EventStore['follow'] = async (range, signal, deliver) => {
    for await (const message of subscribe(range, signal)) await deliver(message);
  };
  return Object.assign(Object.create(log) as EventStore, { subscribe, follow });
}
