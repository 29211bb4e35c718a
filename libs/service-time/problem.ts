/** What is wrong with a definition, and where (JSON pointer into the body that the caller sent). */
export interface Problem {
  readonly pointer: string;
  readonly detail: string;
  /** Present where a caller may want to treat one kind of problem differently. */
  readonly code?: 'gap' | 'overlap' | 'unknown' | 'absurd' | 'malformed';
}
