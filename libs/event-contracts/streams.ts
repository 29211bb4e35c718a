/** Stream names of the contract; the part before the first dash is the category. */
export const STREAM_PREFIXES = {
  complaint: 'complaint-',
  callTree: 'callTree-',
  category: 'category-',
  team: 'team-',
  calendar: 'calendar-',
  slaPolicy: 'slaPolicy-',
} as const;

export const SLA_POLICY_STREAM = 'slaPolicy-default';

export function complaintStream(complaintId: string): string {
  return STREAM_PREFIXES.complaint + complaintId;
}

/** The complaint's id, or undefined for a stream of another kind. */
export function complaintIdOf(streamId: string): string | undefined {
  return streamId.startsWith(STREAM_PREFIXES.complaint)
    ? streamId.slice(STREAM_PREFIXES.complaint.length)
    : undefined;
}
