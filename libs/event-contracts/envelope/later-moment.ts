/**
 * The later of two moments of events. Text order is time order only in one notation, which the command side keeps to. What
 * is recorded later need not have happened later: people enter facts from before an escalation after it.
 */
export function laterMoment(one: string, other: string): string {
  return one > other ? one : other;
}
