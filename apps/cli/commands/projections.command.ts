import type { Command } from 'commander';
import {
  type AnyProjection,
  type BuildId,
  compareBuilds,
  dropBuild,
  listParked,
  parseBuildKey,
  projectionStatuses,
  requestRebuild,
  rollbackBuild,
  retryParked,
  skipParked,
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
    // What is no command comes here, and shall be told so.
    .allowExcessArguments()
    .action((_options, { args }: Command) => {
      refuseUnknown(args);
      return run((store, { eventStore: log }) => projectionStatuses({ store, log }));
    });
  projections
    .command('rebuild <name>')
    .description('build it anew beside the one in use; a running projector does the work')
    .option('--switch', 'let queries read it as soon as it has caught up')
    .action((name: string, { switch: switchWhenCaughtUp = false }: { switch?: boolean }) =>
      run((store) =>
        requestRebuild(store, { projection: projectionNamed(name), by: WHO, switchWhenCaughtUp }),
      ),
    );
  projections
    .command('progress <name>')
    .description('its builds, and how far they are')
    .action((name: string) =>
      run(async (store, { eventStore: log }) => {
        const { name: known } = projectionNamed(name);
        return (await projectionStatuses({ store, log })).filter((status) => status.name === known);
      }),
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
  addParked(projections);
}

/** Events that could not be applied: look at them, and decide what becomes of them. */
function addParked(projections: Command): void {
  projections
    .command('parked <name>')
    .description('events that could not be applied, and those waiting behind them')
    .option('--after <id>', 'go on behind this one')
    .action((name: string, { after }: { after?: string }) =>
      run(async (store) => listParked(store, await activeBuild(store, name), { after, limit: 100 })),
    );
  for (const [decision, decide, what] of [
    ['retry', retryParked, 'apply the parked complaint anew, after the cause was removed'],
    ['skip', skipParked, 'let a parked event count as absorbed without effect, for good'],
  ] as const) {
    projections
      .command(`${decision} <name> <id>`)
      .description(`${what}; a running projector does the work`)
      .requiredOption('--reason <text>', 'why; kept for the audit')
      .action((name: string, id: string, { reason }: { reason: string }) =>
        run(async (store) => decide(store, await activeBuild(store, name), id, { by: WHO, reason })),
      );
  }
}

async function activeBuild(store: ReturnType<typeof projectionStoreOn>, name: string): Promise<BuildId> {
  const projection = projectionNamed(name);
  return (await store.builds.active()).find((alias) => alias.name === name) ?? { ...projection, build: 0 };
}

async function run(work: Work): Promise<void> {
  const stores = await openOwnStores();
  try {
    console.log(JSON.stringify(await work(projectionStoreOn(stores.readStore), stores), null, 2));
  } finally {
    await stores.close();
  }
}

function refuseUnknown([word]: readonly string[]): void {
  if (word === undefined) return;
  throw new UsageError(`projections has no ${word}; complaints projections --help tells what it has.`);
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
  const id = parseBuildKey(text);
  if (!id) throw new UsageError(`${text} is no build; name ${BUILD}.`);
  return id;
}
