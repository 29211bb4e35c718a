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
  for await (const message of eventStore.readLog({ prefixes: CONFIGURATION_PREFIXES })) {
    if (message.kind === 'position') continue;
    if (message.event.recordedAt > asOf) break;
    if (message.kind === 'event') model = evolveConfiguration(model, message.event);
  }
  return model;
}
