import type { Command } from 'commander';
import {
  type AnyProjection,
  type BuildId,
  buildKey,
  compareBuilds,
  dropBuild,
  projectionStatuses,
  requestRebuild,
  rollbackBuild,
  switchBuild,
} from '#libs/projection-engine/index.js';
import { projectionStoreOn } from '#libs/read-store/index.js';
import { PROJECTIONS } from '#projections/projections.js';
import { UsageError } from '../output/failures.js';
import { openOwnStores } from '../stores/open-own-stores.js';

const WHO = 'command line';
const BUILD = 'a build as the list shows it, e.g. sla-facts:v1 or sla-facts:v1:b1';

type Work = (
  store: ReturnType<typeof projectionStoreOn>,
  stores: Awaited<ReturnType<typeof openOwnStores>>,
) => Promise<unknown>;

/** Upkeep of read models: a build grows beside the one in use, is compared with it, and takes over in one step. */
export function addProjections(program: Command): void {
  const projections = program
    .command('projections')
    .description('Builds of the read models: list, rebuild, compare, switch, roll back, drop.');
  projections
    .command('list', { isDefault: true })
    .description('every build, how far it is, and which one queries read')
    .action(() => run((store, { eventStore: log }) => projectionStatuses({ store, log })));
  projections
    .command('rebuild <name>')
    .description('build it anew beside the one in use; a running projector does the work')
    .action((name: string) =>
      run((store) =>
        requestRebuild(store, { projection: projectionNamed(name), by: WHO, switchWhenCaughtUp: false }),
      ),
    );
  projections
    .command('compare <build> <other>')
    .description(`digests and counts at one position; ${BUILD}`)
    .action((build: string, other: string) =>
      run((store) => compareBuilds(store, buildNamed(build), buildNamed(other))),
    );
  projections
    .command('switch <build>')
    .description(`let queries read this build from now on; ${BUILD}`)
    .action((build: string) => run((store) => switchBuild(store, buildNamed(build), WHO)));
  projections
    .command('rollback <name>')
    .description('let queries read the build before the last switch')
    .action((name: string) => run((store) => rollbackBuild(store, projectionNamed(name).name, WHO)));
  projections
    .command('drop <build>')
    .description(`remove a build that queries do not read; ${BUILD}`)
    .action((build: string) =>
      run(async (store) => {
        await dropBuild(store, buildNamed(build), WHO);
        return { dropped: build };
      }),
    );
}

async function run(work: Work): Promise<void> {
  const stores = await openOwnStores();
  try {
    console.log(JSON.stringify(await work(projectionStoreOn(stores.readStore), stores), null, 2));
  } finally {
    await stores.close();
  }
}

function projectionNamed(name: string): AnyProjection {
  const all: readonly AnyProjection[] = PROJECTIONS;
  const found = all.find((projection) => projection.name === name);
  if (!found)
    throw new UsageError(
      `No projection is called ${name}; there are ${all.map((one) => one.name).join(', ')}.`,
    );
  return found;
}

function buildNamed(text: string): BuildId {
  const match = /^([a-z0-9-]+):v(\d+)(?::b(\d+))?$/.exec(text);
  if (!match) throw new UsageError(`${text} is no build; name ${BUILD}.`);
  const id = { name: match[1] ?? '', version: Number(match[2]), build: Number(match[3] ?? 0) };
  if (buildKey(id) !== text && id.build !== 0)
    throw new UsageError(`${text} is no build; did you mean ${buildKey(id)}?`);
  return id;
}
