import type { Command } from 'commander';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { parsePosition } from '#libs/event-store/index.js';
import { type AnyProjection, type Verification, verifyProjections } from '#libs/projection-engine/index.js';
import { projectionStoreOn } from '#libs/read-store/index.js';
import { PROJECTIONS } from '#projections/projections.js';
import { EXIT, UsageError } from '../output/failures.js';
import { startProgress } from '../output/progress-bar.js';
import { openOwnStores } from '../stores/open-own-stores.js';

interface Verified extends Verification {
  readonly name: string;
  readonly version: number;
}

export function addVerifyProjections(program: Command): void {
  program
    .command('verify-projections [names...]')
    .description('Fold the log anew and compare every document of the read models with what it should be.')
    .option('--json', 'machine-readable')
    .action(async (names: string[], { json }: { json?: boolean }) => {
      const chosen = chosenOf(names);
      const stores = await openOwnStores();
      const progress = startProgress(process.stderr.isTTY, 1);
      try {
        const store = projectionStoreOn(stores.readStore);
        const active = await store.builds.active();
        const builds = chosen.map((projection) => {
          const { name, version } = projection;
          const alias = active.find((each) => each.name === name && each.version === version);
          return { projection, build: alias?.build ?? 0 };
        });
        const verified = await verifyProjections({
          store,
          log: stores.eventStore,
          builds,
          onProgress: (at, until) => {
            progress.reach(commitOf(at) / commitOf(until));
          },
        });
        progress.stop();
        const results = chosen.flatMap(({ name, version }, index): Verified[] => {
          const result = verified[index];
          return result ? [{ name, version, ...result }] : [];
        });
        if (!json) for (const result of results) console.log(lineOf(result));
        const ok = results.every(({ sound }) => sound);
        if (json) console.log(JSON.stringify({ ok, projections: results }));
        if (!ok) process.exitCode = EXIT.failed;
      } finally {
        progress.stop();
        await stores.close();
      }
    });
}

/** Positions grow with the log's bytes, or events: near enough to time for whoever waits. */
function commitOf(position: GlobalPosition): number {
  return Number(parsePosition(position).commit);
}

function chosenOf(names: readonly string[]): readonly AnyProjection[] {
  const all: readonly AnyProjection[] = PROJECTIONS;
  const unknown = names.filter((name) => !all.some((projection) => projection.name === name));
  if (unknown.length > 0) {
    throw new UsageError(
      `No projection is called ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function lineOf({
  name,
  version,
  documents,
  position,
  sound,
  corrupted,
  missing,
  superfluous,
  digest,
  keptCount,
}: Verified): string {
  const head = `${sound ? 'sound' : 'WRONG'}  ${name} v${version}: ${documents} documents at ${position ?? 'the beginning'}, digest ${digest.documents.slice(0, 16)}…`;
  const findings = [
    ...corrupted.map((id) => `       corrupted ${id}`),
    ...missing.map((id) => `       missing ${id}`),
    ...superfluous.map((id) => `       superfluous ${id}`),
    ...keptWrongly(documents, digest, keptCount),
  ];
  return [head, ...findings].join('\n');
}

/** What the projector has kept count of, where it is not what the documents give. */
function keptWrongly(
  documents: number,
  digest: Verification['digest'],
  keptCount: number | null,
): readonly string[] {
  return [
    ...(digest.kept === null || digest.kept === digest.documents
      ? []
      : [`       digest kept by the projector: ${digest.kept.slice(0, 16)}…`]),
    ...(keptCount === null || keptCount === documents
      ? []
      : [`       documents counted by the projector: ${keptCount}`]),
  ];
}
