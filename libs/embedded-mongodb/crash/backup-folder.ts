import { backupMongodbFolder } from '../storage/backup.js';

await backupMongodbFolder(process.argv[2] ?? '', process.argv[3] ?? '');
