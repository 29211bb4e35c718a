import type { MemberRecord } from './member-record.js';

/**
 * Who is alive, told by beats that go on. Only this process's own clock is read: a member is dead when its beat has
 * not changed for the length of a lease as seen from here.
 */
export class LiveMembers {
  private readonly seen = new Map<string, { beat: number; at: number }>();

  constructor(
    private readonly leaseMs: number,
    private readonly isGone: (member: MemberRecord) => boolean,
  ) {}

  /** @param now monotonic milliseconds */
  observe(members: readonly MemberRecord[], now: number): { live: MemberRecord[]; dead: MemberRecord[] } {
    const live: MemberRecord[] = [];
    const dead: MemberRecord[] = [];
    for (const member of members) {
      const last = this.seen.get(member._id);
      if (last?.beat !== member.beat) this.seen.set(member._id, { beat: member.beat, at: now });
      const since = now - (last?.beat === member.beat ? last.at : now);
      (since > this.leaseMs || this.isGone(member) ? dead : live).push(member);
    }
    const present = new Set(members.map(({ _id }) => _id));
    for (const id of this.seen.keys()) if (!present.has(id)) this.seen.delete(id);
    return { live, dead };
  }
}

/**
 * A process of this very machine that is not there any more need not be waited for: a restart after a crash goes on
 * at once. Wrong only where machines share a name, and then fencing keeps the results right.
 */
export function goneFromThisHost(self: {
  id: string;
  host: string;
  pid: number;
}): (member: Pick<MemberRecord, '_id' | 'host' | 'pid'>) => boolean {
  return ({ _id, host, pid }) => {
    if (_id === self.id || host !== self.host) return false;
    // Our own number proves nothing: another projector in this process, or a predecessor in a container.
    return pid !== self.pid && !isRunning(pid);
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
