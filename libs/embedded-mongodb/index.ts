export {
  startEmbeddedMongodb,
  type EmbeddedMongodb,
  type EmbeddedMongodbOptions,
} from './start-embedded-mongodb.js';
export { backupMongodbFolder } from './storage/backup.js';
export type { CheckReport } from './storage/check.js';
export { checkMongodbFolder } from './storage/check-folder.js';
