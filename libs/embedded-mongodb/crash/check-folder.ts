import { checkMongodbFolder } from '../storage/check-folder.js';

/** Prints what the check of the folder found. */
process.stdout.write(JSON.stringify(await checkMongodbFolder(process.argv[2] ?? '')));
