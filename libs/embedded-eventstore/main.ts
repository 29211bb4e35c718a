import { runEngine } from '#libs/engine-host/index.js';
import { startEmbeddedEventStore } from './embedded-event-store.js';

runEngine(startEmbeddedEventStore);
