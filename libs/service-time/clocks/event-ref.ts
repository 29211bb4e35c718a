/**
 * The event that began or ended something, so that every span of a clock can be traced to the log: `revision type id`. One
 * text, as facts hold many of them, and a document of facts is written, hashed and read far more often than looked at.
 */
export type EventRef = `${number} ${string} ${string}`;

export interface EventRefParts {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
}

export function eventRef({ id, type, revision }: EventRefParts): EventRef {
  return `${revision} ${type} ${id}`;
}

/** Facts that an earlier release has stored, and that are read until a build of today's has taken over, hold the parts. */
export function partsOfRef(ref: EventRef | EventRefParts | null): EventRefParts | null {
  if (ref === null || typeof ref === 'object') return ref;
  const [revision = '', type = '', id = ''] = ref.split(' ');
  return { id, type, revision: Number(revision) };
}
