import { OperatedEngine } from '#libs/testing/projections/operated-engine.js';
import { RandomStory } from '#libs/testing/projections/random-story.js';
import { seededRandom } from '#libs/testing/projections/seeded-random.js';
import { tallyProjection, type Tally } from '#libs/testing/projections/tally-projection.js';
import { LogFold } from '../fold/log-fold.js';
import { runnable } from '../fold/runnable-projection.js';
import type { Projection } from '../index.js';
import { loadSkips } from '../parked/load-skips.js';
import { pastReadModel, type PastRequest } from './past-read-model.js';

/** As `tally`, without the event that takes a document back. */
const keeping: Projection<Tally, number> = {
  ...tallyProjection,
  keepsDocuments: true,
  fold: (document, event, context) =>
    event.type === 'Removed' ? document : tallyProjection.fold(document, event, context),
};
const build = { name: 'tally', version: 1, build: 0 };

/** Seeds to run; raise by `PAST_RUNS=2000` for a long search. */
const runs = Number(process.env['PAST_RUNS'] ?? 30);

type Asked = PastRequest<Tally, number> & { readonly log: OperatedEngine['log'] };

class Story extends RandomStory {
  constructor(
    readonly projection: Projection<Tally, number>,
    random: () => number,
  ) {
    super(random);
  }

  /** A recorded moment: between two events, at one, before all or after all. */
  moment(): string {
    const { messages } = this.engine.log;
    const at = messages[this.below(messages.length)]?.event.recordedAt ?? '2023-01-01T00:00:00.000Z';
    if (this.chance(0.1)) return '2023-01-01T00:00:00.000Z';
    if (this.chance(0.2)) return new Date().toISOString();
    return this.chance(0.5) ? at : new Date(Date.parse(at) + 50).toISOString();
  }

  request(asOf: string): Asked {
    const { log, store } = this.engine;
    const documentsAtATime = 1 + this.below(12);
    const eventsPerStream = this.chance(0.5) ? 0 : 1000;
    return { log, store, projection: this.projection, asOf, documentsAtATime, eventsPerStream };
  }
}

/** By definition: the log up to the moment, with what had been decided by then. */
async function definition({ log, store, projection, asOf }: Asked) {
  const fold = new LogFold(runnable(projection), await loadSkips(store, projection, asOf), () => true);
  const messages = log.messages.filter(({ event }) => event.recordedAt <= asOf);
  for (const message of messages) fold.apply(message);
  const documents = [...fold.complaints.values()].flatMap(({ state }) => state.document ?? []);
  return { position: messages.at(-1)?.event.position ?? null, documents: sorted(documents) };
}

async function answer(request: PastRequest<Tally, number>) {
  const past = await pastReadModel(request);
  const documents: { _id: string }[] = [];
  for await (const document of past.documents()) documents.push(document);
  return { position: past.position, documents: sorted(documents) };
}

function sorted<T extends { _id: string }>(documents: readonly T[]): readonly T[] {
  return documents.toSorted((a, b) => (a._id < b._id ? -1 : 1));
}

async function toldStory(seed: number, projection: Projection<Tally, number>): Promise<Story> {
  const story = new Story(projection, seededRandom(seed));
  const { engine } = story;
  story.tell(story.below(120) + 1);
  await engine.start(projection);
  await engine.caughtUp();
  if (story.chance(0.5)) await story.skipWhatIsParked(build);
  if (story.chance(0.5)) {
    story.tell(story.below(40));
    await engine.caughtUp();
  }
  await engine.stop();
  // The read model lags from here on.
  if (story.chance(0.6)) story.tell(story.below(30));
  engine.store.documents.lastBegunBy = () =>
    Promise.resolve(story.chance(0.5) ? `c${story.below(9)}` : undefined);
  return story;
}

describe('A read model as of a past moment', () => {
  it.each([
    ['whose documents stay', keeping],
    ['whose documents may go again', tallyProjection],
  ])(
    'is the fold of what had been recorded by then, for a projection %s',
    async (_, projection) => {
      for (let seed = 1; seed <= runs; seed++) {
        const story = await toldStory(seed, projection);
        for (let question = 0; question < 12; question++) {
          const request = story.request(story.moment());
          const { asOf } = request;
          expect({ seed, asOf, ...(await answer(request)) }).toEqual({
            seed,
            asOf,
            ...(await definition(request)),
          });
        }
      }
    },
    60_000,
  );

  it('reads no more of the log than where it ends when nothing has changed since', async () => {
    const { engine } = new Story(keeping, seededRandom(1));
    engine.tell(0, 60);
    await engine.start(keeping);
    await engine.caughtUp();
    await engine.stop();
    const { log, store } = engine;
    store.documents.lastBegunBy = () => Promise.resolve('c6');
    const read: string[] = [];
    const counting = Object.create(log) as typeof log;
    counting.readLog = async function* (range) {
      for await (const message of log.readLog(range)) {
        if (message.kind === 'event') read.push(message.event.type);
        yield message;
      }
    };
    const asOf = new Date().toISOString();
    expect((await answer({ log: counting, store, projection: keeping, asOf })).documents).toHaveLength(7);
    // From the first event of c6, the seventh, to the end: to find the end, and not again.
    expect(read).toHaveLength(60 - 7);
  });

  it('is not taken from documents of another version of the fold', async () => {
    const { engine } = new Story(keeping, seededRandom(1));
    engine.tell(0, 20);
    await engine.start(keeping);
    await engine.caughtUp();
    await engine.stop();
    const { log, store } = engine;
    const twice: Projection<Tally, number> = {
      ...keeping,
      version: 2,
      fold: (document, event, context) => {
        const folded = keeping.fold(document, event, context);
        return folded && { ...folded, trail: `${folded.trail}!` };
      },
    };
    const request = { log, store, projection: twice, asOf: new Date().toISOString() };
    expect(await answer(request)).toEqual(await definition(request));
  });
});

describe('A projection that says that its documents stay', () => {
  it('has an event parked that would take one back', async () => {
    const engine = new OperatedEngine();
    engine.tell(0, 7);
    engine.log.record('complaint-c2', 'Removed', {});
    await engine.start({ ...tallyProjection, keepsDocuments: true });
    await engine.caughtUp();
    await engine.stop();
    expect(engine.parkedIn().map(({ complaintId, reason }) => [complaintId, reason])).toEqual([
      ['c2', 'The fold takes back a document, and its projection says that it never does.'],
    ]);
  });
});
