import type { Recipients } from '#libs/settings/index.js';

const ADDRESS = /^[^\s@,;<>]+@[^\s@,;<>]+$/;

/**
 * Addresses for whom a policy names: its own entry (a team's own before that of all teams), an address that the policy
 * names itself, or everybody else's. Empty when there is none of them.
 */
export function recipientsOf(
  recipients: Recipients,
  whom: string,
  team: string | undefined,
): readonly string[] {
  const named = whom === 'team' && team !== undefined ? recipients.get(`team:${team}`) : undefined;
  const found = [named, recipients.get(whom), ADDRESS.test(whom) ? [whom] : undefined, recipients.get('*')];
  for (const patterns of found) {
    const addresses = (patterns ?? []).flatMap((pattern) => filledIn(pattern, whom, team));
    if (addresses.length > 0) return addresses;
  }
  return [];
}

/** A pattern that asks for a team is of no use where no team has the complaint yet. */
function filledIn(pattern: string, whom: string, team: string | undefined): string[] {
  if (pattern.includes('{team}') && team === undefined) return [];
  const address = pattern.replaceAll('{team}', team ?? '').replaceAll('{whom}', whom);
  return ADDRESS.test(address) ? [address] : [];
}
