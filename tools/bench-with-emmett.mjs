/**
 * The projections' benchmark with emmett 0.20 beside our engine; its peers contradict our own packages' versions.
 * `npm run bench:projections:emmett -- [options of bench:projections]`
 */
import { npmWithPackages } from './with-packages.mjs';

npmWithPackages(
  ['@event-driven-io/emmett@0.20.0', 'web-streams-polyfill@4'],
  (folder) => ({ EMMETT: folder }),
  ['run', 'bench:projections', '--', ...process.argv.slice(2)],
);
