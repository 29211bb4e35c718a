/** What became of one line; `line` is its number in the input, from 1, blank lines counted. */
export type ImportAnswer =
  | {
      readonly line: number;
      readonly externalId: string;
      /** `repeated`: these events were there already, from an earlier import of the line. */
      readonly status: 'accepted' | 'repeated';
      readonly id: string;
      readonly reference: string;
      readonly revision: number;
      readonly position: string;
      readonly events: readonly string[];
    }
  | {
      readonly line: number;
      readonly externalId?: string;
      readonly status: 'refused';
      readonly problem: ImportProblem;
    };

export interface ImportProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The rule that refused it. */
  readonly reason?: unknown;
  /** The complaint's, where it forbids the command. */
  readonly currentStatus?: unknown;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}
