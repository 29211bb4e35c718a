/** Runs the other clients' tests with MongoDB's own shell too, which is 150 MB of packages. `npm run test:mongosh` */
import { join } from 'node:path';
import { npmWithPackages } from './with-packages.mjs';

const shellIn = (folder) => ({ MONGOSH: join(folder, 'node_modules', '.bin', 'mongosh') });
npmWithPackages(['mongosh@2'], shellIn, ['test', '--', 'test/contracts/mongodb-clients']);
