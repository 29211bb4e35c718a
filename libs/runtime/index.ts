export { closeAll, endInAnyCase, type ClosingStep } from './close-all.js';
export { type EngineEvents, type RunningEngines, startEngines } from './embedded-engines.js';
export {
  openStores,
  SharedServersNeededError,
  sharedUrls,
  type Stores,
  type StoreUrls,
} from './open-stores.js';
export { runProcess } from './run-process.js';
