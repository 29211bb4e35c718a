import { readinessChecks, type ReadinessSources } from './readiness.js';

const at = (place: number): string => {
  const half = String(place).padStart(20, '0');
  return `${half}-${half}`;
};

interface World {
  head: string | undefined;
  position: string | null;
  headSeenAt: string | null;
  parked: number;
  runs: readonly string[];
}

function sourcesOf(world: World): ReadinessSources {
  const names = ['complaint-register', 'sla-facts', 'satisfaction-facts'];
  return {
    readStore: { ping: () => Promise.resolve() },
    eventStore: { head: () => Promise.resolve(world.head) },
    projectionStore: {
      builds: { active: () => Promise.resolve(names.map((name) => ({ name, version: 1, build: 0 }))) },
      checkpoints: { read: () => Promise.resolve([{ position: world.position, parked: world.parked }]) },
      members: { all: () => Promise.resolve([{ headSeenAt: world.headSeenAt, runs: world.runs }]) },
    } as unknown as ReadinessSources['projectionStore'],
  };
}

function world(about: Partial<World> = {}): World {
  const runs = ['complaint-register:v1', 'sla-facts:v1', 'satisfaction-facts:v1'];
  return { head: at(7), position: at(7), headSeenAt: new Date().toISOString(), parked: 0, runs, ...about };
}

async function outcomes(
  of: World,
  checks = readinessChecks(sourcesOf(of)),
): Promise<Record<string, boolean>> {
  const results = await Promise.all(
    checks.map(async (part) => [part.name, (await part.check()).ok] as const),
  );
  return Object.fromEntries(results);
}

describe('Readiness', () => {
  it('is there when the stores answer and the read models hold what the log held', async () => {
    expect(Object.values(await outcomes(world())).every(Boolean)).toBe(true);
  });

  it('waits for what the log held at the start, not for what has come since', async () => {
    const slow = world({ position: at(6) });
    const checks = readinessChecks(sourcesOf(slow));
    expect((await outcomes(slow, checks))['read-models']).toBe(false);
    Object.assign(slow, { position: at(7), head: at(9) });
    expect((await outcomes(slow, checks))['read-models']).toBe(true);
    slow.position = at(6);
    expect((await outcomes(slow, checks))['read-models']).toBe(true);
  });

  it('is not lost by parked events, but tells how many there are', async () => {
    const some = world();
    const readModels = readinessChecks(sourcesOf(some)).find(({ name }) => name === 'read-models')!;
    expect(await readModels.check()).toEqual({ ok: true });
    some.parked = 4;
    expect(await readModels.check()).toEqual({ ok: true, detail: '4 events parked' });
  });

  it('is there at once on an empty log that somebody watches', async () => {
    expect((await outcomes(world({ head: undefined, position: at(0) })))['read-models']).toBe(true);
  });

  it('is lost when queries read a version that no projector follows, after a rollback say', async () => {
    const runs = ['complaint-register:v1', 'sla-facts:v2', 'satisfaction-facts:v1'];
    const projector = readinessChecks(sourcesOf(world({ runs }))).find(({ name }) => name === 'projector')!;
    expect(await projector.check()).toEqual({
      ok: false,
      detail: 'no projector follows what queries read: sla-facts:v1',
    });
  });

  it('is lost when nobody looks at the log’s head any more', async () => {
    expect(await outcomes(world({ headSeenAt: null }))).toMatchObject({ projector: false });
    const longAgo = new Date(Date.now() - 60_000).toISOString();
    expect(await outcomes(world({ headSeenAt: longAgo }))).toMatchObject({
      projector: false,
      'read-store': true,
    });
  });
});
