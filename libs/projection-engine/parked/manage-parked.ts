import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildKey, parkedCollection, versionKey, type BuildId } from '../builds/build-id.js';
import { BuildRefusedError } from '../builds/manage-builds.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { CONTEXT, type ParkedEvent } from './parked-event.js';
import type { ProjectionRequest } from './projection-request.js';

export interface ParkedPage {
  readonly items: readonly ParkedEvent[];
  /** Id of the last item when there are more. */
  readonly next: string | null;
}

export async function listParked(
  store: ProjectionStore,
  id: BuildId,
  page: { readonly after?: string; readonly limit: number },
): Promise<ParkedPage> {
  const items = await store.parked.page(parkedCollection(id), page.after, page.limit + 1);
  const shown = items.slice(0, page.limit);
  return { items: shown, next: items.length > page.limit ? (shown.at(-1)?._id ?? null) : null };
}

/** Who asks, and why; kept with what came of it. */
export interface ParkedDecision {
  readonly by: string;
  readonly reason: string;
  /** How long to wait for the process that owns the complaint. Default 10 000. */
  readonly patienceMs?: number;
}

/** Folds the parked complaint anew, after its cause was removed. */
export function retryParked(
  store: ProjectionStore,
  id: BuildId,
  parkedId: string,
  decision: ParkedDecision,
): Promise<ProjectionRequest> {
  return ask(store, id, parkedId, 'retry', decision);
}

/** The event counts as absorbed without effect, in every build of the version, for good. */
export function skipParked(
  store: ProjectionStore,
  id: BuildId,
  parkedId: string,
  decision: ParkedDecision,
): Promise<ProjectionRequest> {
  return ask(store, id, parkedId, 'skip', decision);
}

/** What came of it is in `state` and `answer`; `open` when no process took it up in time: one still will. */
async function ask(
  store: ProjectionStore,
  id: BuildId,
  parkedId: string,
  kind: ProjectionRequest['kind'],
  { by, reason, patienceMs = 10_000 }: ParkedDecision,
): Promise<ProjectionRequest> {
  const parked = await store.parked.find(parkedCollection(id), parkedId);
  if (!parked) throw new BuildRefusedError(`${parkedId} is not parked in ${buildKey(id)}.`, 'unknown');
  if (kind === 'retry' && parked.complaintId === CONTEXT) {
    throw new BuildRefusedError(
      'An event of the configuration rules every complaint after it: mend the projection and rebuild it, or skip the event.',
    );
  }
  if (kind === 'skip' && parked.waits) {
    throw new BuildRefusedError(
      `${parkedId} only waits for an earlier event of the same complaint: decide on that one.`,
    );
  }
  const { complaintId, revision, position, eventId } = parked;
  const decision = { kind, version: versionKey(id), complaintId, revision, position, eventId, by, reason };
  const request = await add(store, decision, buildKey(id));
  for (const build of await siblingsOf(store, id)) await add(store, decision, build);
  return await answerTo(store, request, performance.now() + patienceMs);
}

type Decision = Omit<ProjectionRequest, '_id' | 'build' | 'at' | 'state'>;

async function add(store: ProjectionStore, decision: Decision, build: string): Promise<ProjectionRequest> {
  const at = new Date().toISOString();
  const request: ProjectionRequest = { _id: randomUUID(), ...decision, build, at, state: 'open' };
  await store.requests.add(request);
  return request;
}

/** Other builds of the version that processes keep: a way back, or one that is growing. They must stay alike. */
async function siblingsOf(store: ProjectionStore, id: BuildId): Promise<readonly string[]> {
  return (await store.builds.all())
    .filter((build) => versionKey(build) === versionKey(id) && buildKey(build) !== buildKey(id))
    .filter(({ state }) => state === 'live' || state === 'catching-up')
    .map(({ _id }) => _id);
}

async function answerTo(
  store: ProjectionStore,
  request: ProjectionRequest,
  until: number,
): Promise<ProjectionRequest> {
  for (;;) {
    const now = (await store.requests.get(request._id)) ?? request;
    if (now.state !== 'open' || performance.now() >= until) return now;
    await sleep(50);
  }
}
