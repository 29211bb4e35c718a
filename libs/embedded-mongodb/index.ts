export {
  startEmbeddedMongodb,
  type EmbeddedMongodb,
  type EmbeddedMongodbOptions,
} from './start-embedded-mongodb.js';
export { backupMongodbFolder } from './storage/backup.js';
export { checkMongodbFolder, type CheckReport } from './storage/check.js';
