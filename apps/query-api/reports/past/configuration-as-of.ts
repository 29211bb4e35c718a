import {
  CONFIGURATION_PREFIXES,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { EventStore } from '#libs/event-store/index.js';

/** The configuration in force at a recorded moment, from its own streams. */
export async function configurationAsOf(eventStore: EventStore, asOf: string): Promise<ConfigurationModel> {
  let model = EMPTY_CONFIGURATION;
  let isOver = false;
  // To its end, which is near: reads that are cancelled by the thousand cost the connection.
  for await (const message of eventStore.readLog({ prefixes: CONFIGURATION_PREFIXES })) {
    if (message.kind === 'position' || isOver) continue;
    isOver = message.event.recordedAt > asOf;
    if (isOver) continue;
    if (message.kind === 'event') model = evolveConfiguration(model, message.event);
  }
  return model;
}
