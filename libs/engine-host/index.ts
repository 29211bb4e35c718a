export { inspectDataFile } from './data-file.js';
export { EngineStartError, PortTakenError } from './engine-messages.js';
export { FolderFormatError, FolderInUseError, FolderNotWritableError } from './folder-errors.js';
export {
  claimFormat,
  readFormat,
  writeFormat,
  type FolderFormat,
  type FormatMigrations,
} from './folder-format.js';
export { lockFolder, type FolderLock } from './folder-lock.js';
export { runEngine, type EngineOptions, type RunningEngine } from './run-engine.js';
export {
  startEngine,
  type EngineExit,
  type EngineName,
  type StartedEngine,
  type StartEngineOptions,
} from './start-engine.js';
export { runApart } from './run-apart.js';
