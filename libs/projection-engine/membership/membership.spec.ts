import type { BuildRecord } from '../builds/build-records.js';
import { NO_PROGRESS, type CheckpointRecord } from '../builds/checkpoint-record.js';
import { assign } from './assignment.js';
import { goneFromThisHost, LiveMembers } from './live-members.js';
import type { MemberRecord } from './member-record.js';
import { ownershipChange, type OwnedPartition } from './ownership.js';

function member(_id: string, more: Partial<MemberRecord> = {}): MemberRecord {
  const own = { host: 'here', pid: 1, beat: 1, runs: ['tally:v1'], startedAt: '', headSeenAt: null };
  return { _id, ...own, reports: [], ...more };
}

describe('who is alive', () => {
  it('is whose beat goes on, by the clock of who looks', () => {
    const members = new LiveMembers(100, () => false);
    const ids = (beat: number, now: number) =>
      members.observe([member('a', { beat }), member('b')], now).live.map(({ _id }) => _id);
    expect(ids(1, 0)).toEqual(['a', 'b']);
    expect(ids(2, 100)).toEqual(['a', 'b']);
    expect(ids(3, 101)).toEqual(['a']);
  });

  it('is not whose process is gone, whatever its beat', () => {
    const members = new LiveMembers(100, ({ _id }) => _id === 'b');
    expect(members.observe([member('a'), member('b')], 0).dead.map(({ _id }) => _id)).toEqual(['b']);
  });

  it('cannot be told of processes elsewhere, nor of one with our own number', () => {
    const nobody = 2 ** 22 + 1;
    const isGone = goneFromThisHost({ id: 'me', host: 'here', pid: nobody });
    expect(isGone(member('a', { pid: nobody }))).toBe(false);
    expect(isGone(member('a', { pid: nobody + 1, host: 'elsewhere' }))).toBe(false);
    expect(isGone(member('a', { pid: nobody + 1 }))).toBe(true);
    expect(isGone(member('a', { pid: process.pid }))).toBe(false);
    expect(isGone(member('me', { pid: nobody + 1 }))).toBe(false);
  });
});

describe('what a process has to take', () => {
  const build = { _id: 'tally:v1', name: 'tally', version: 1, build: 0, partitions: 1 } as BuildRecord;
  const record = (owner: string | null, epoch = 1): CheckpointRecord => ({
    ...NO_PROGRESS,
    _id: 'tally:v1:p0',
    build: 'tally:v1',
    partition: 0,
    epoch,
    owner,
    pending: null,
    updatedAt: '',
  });
  const owned = (epoch: number): OwnedPartition => ({
    id: 'tally:v1:p0',
    build: 'tally:v1',
    partition: 0,
    epoch,
  });
  const change = (held: readonly OwnedPartition[], found: CheckpointRecord, others: readonly string[] = []) =>
    ownershipChange(
      'me',
      new Map(held.map((each) => [each.id, each])),
      [build],
      [member('me'), ...others.map((id) => member(id, { runs: [] }))],
      [found],
    );

  it.each([
    ['nobody has', null, [], 1],
    ['somebody had who is gone', 'gone', [], 1],
    ['it had itself before it let go of it', 'me', [], 1],
    ['somebody has who lives, until that one gives it back', 'other', ['other'], 0],
  ])('is what %s', (_, owner, others, taken) => {
    expect(change([], record(owner), others).take).toHaveLength(taken);
  });

  it('is the same complaints of every build that is spread alike, and a fair part of those with few partitions', () => {
    const members = ['a', 'b', 'c'].map((id) => ({ id, runs: ['one:v1', 'two:v1', 'tiny:v1', 'wee:v1'] }));
    const today = { partitionedBy: 'id-end' } as const;
    const assigned = (version: string, partitions: number, spread: object = today) => [
      ...assign({ key: version, version, partitions, ...spread }, members).values(),
    ];
    expect(assigned('one:v1', 7)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a']);
    expect(assigned('two:v1', 7)).toEqual(assigned('one:v1', 7));
    const small = ['one:v1', 'two:v1', 'tiny:v1', 'wee:v1'].map((version) => assigned(version, 1)[0]);
    expect(new Set(small).size).toBeGreaterThan(1);
    // As earlier releases deal them out, whose processes may take part: nobody would own what each thinks is the other's.
    expect(assigned('one:v1', 4, {})).toEqual(['b', 'c', 'a', 'b']);
    expect(assigned('tiny:v1', 4, {})).toEqual(['b', 'c', 'a', 'b']);
  });

  it('is not what it has, and what it has lost it leaves', () => {
    expect(change([owned(1)], record('me', 1))).toEqual({ leave: [], take: [] });
    expect(change([owned(1)], record('other', 2), ['other'])).toEqual({ leave: [owned(1)], take: [] });
  });
});
