import { complaintIdOf, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { AnyProjection } from '../projection.js';
import { BuildCheck } from './build-check.js';
import { FoldWindow } from './fold-window.js';
import { judgeComplaints, type Stores } from './judge-complaints.js';
import type { Verification } from './verification.js';

export interface VerifyOptions extends Stores {
  readonly builds: readonly { readonly projection: AnyProjection; readonly build?: number }[];
  /** Events whose complaints are held in memory, folded. Default 32 000. */
  readonly window?: number;
  /** Told now and then how far the log has been folded, and how far it will be. */
  readonly onProgress?: (at: GlobalPosition, until: GlobalPosition) => void;
}

/** Events between two reports of progress. */
const reportedEvery = 1000;

/** Complaints whose documents are loaded at once. */
const portionSize = 500;

/**
 * Folds the log anew, once for all that is to be verified, and compares document by document. Needs no more memory for
 * many complaints than for few: where its document stands tells when a complaint's last event has passed, so that it is
 * compared and forgotten. Where there is no room to wait for that, it is folded from its own stream in the end. Runs
 * beside live projectors: each document is held against the log up to where it stands itself.
 */
export async function verifyProjections(options: VerifyOptions): Promise<Verification[]> {
  const checks: BuildCheck[] = [];
  for (const { projection, build = 0 } of options.builds) {
    checks.push(await BuildCheck.of(options, projection, build));
  }
  await passLog(options, checks);
  await judge(options, checks, new Set(checks.flatMap(({ build }) => [...build.doubts])));
  const verifications: Verification[] = [];
  for (const check of checks) verifications.push(await resultOf(options, check));
  return verifications;
}

/** One read model, as `verifyProjections`. */
export async function verifyProjection(
  options: Omit<VerifyOptions, 'builds'> & VerifyOptions['builds'][number],
): Promise<Verification> {
  const check = await BuildCheck.of(options, options.projection, options.build ?? 0);
  await passLog(options, [check]);
  await judge(options, [check], check.build.doubts);
  return await resultOf(options, check);
}

async function resultOf(stores: Stores, check: BuildCheck): Promise<Verification> {
  const scanned = await check.scan();
  await judge(stores, [check], check.strangers(scanned));
  return check.result(scanned);
}

async function passLog(
  { log, window: most = 32_000, onProgress }: Omit<VerifyOptions, 'builds'>,
  checks: readonly BuildCheck[],
) {
  const until = highest(checks);
  if (until === undefined) return;
  const window = new FoldWindow(most);
  const prefixes = [...new Set(checks.flatMap(({ build }) => build.runs.prefixes))];
  let events = 0;
  for await (const message of log.readLog({ prefixes, until })) {
    if (message.kind === 'position') continue;
    const { streamId, revision, position } = message.event;
    if (++events % reportedEvery === 0) onProgress?.(position, until);
    const id = complaintIdOf(streamId);
    if (id !== undefined && !window.takes(id, revision)) {
      for (const check of checks) check.doubt(id, message);
      continue;
    }
    for (const check of checks) check.apply(message);
    if (window.isDue()) await makeRoom(window, checks, position);
  }
  onProgress?.(until, until);
  await look(window, checks);
  const rest = window.takeAll();
  for (const check of checks) check.compare(rest);
}

async function makeRoom(window: FoldWindow, checks: readonly BuildCheck[], position: GlobalPosition) {
  await look(window, checks);
  const ended = window.takeEnded(position);
  for (const check of checks) check.compare(ended);
  const lasting = window.takeLasting();
  for (const check of checks) check.letGo(lasting);
}

async function look(window: FoldWindow, checks: readonly BuildCheck[]): Promise<void> {
  const unseen = window.unseen();
  for (let from = 0; from < unseen.length; from += portionSize) {
    const some = unseen.slice(from, from + portionSize);
    const stands = await Promise.all(checks.map((check) => check.look(some)));
    const endOf = (id: string) => stands.map((each) => each.get(id) ?? '').reduce((a, b) => (a > b ? a : b));
    window.seen(new Map(some.map((id) => [id, endOf(id)])));
  }
}

async function judge(
  stores: Stores,
  checks: readonly BuildCheck[],
  complaintIds: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const builds = checks.map(({ build }) => build);
  const pass = async (ids: readonly string[]) => {
    for (const { build, complaintId, kind } of await judgeComplaints(stores, builds, ids)) {
      checks.find((check) => check.build === build)?.findings.add(kind, complaintId);
    }
  };
  let portion: string[] = [];
  for await (const id of complaintIds) {
    portion.push(id);
    if (portion.length < portionSize) continue;
    await pass(portion);
    portion = [];
  }
  if (portion.length > 0) await pass(portion);
}

function highest(checks: readonly BuildCheck[]): GlobalPosition | undefined {
  return checks
    .flatMap(({ position }) => position ?? [])
    .toSorted()
    .at(-1);
}
