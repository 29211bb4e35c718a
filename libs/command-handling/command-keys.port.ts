/** What a key was first used for. */
export interface CommandKeyClaim {
  readonly requestHash: string;
  /** The stream that the command goes to; reserved before the first append, so that a retry finds it. */
  readonly streamId: string;
}

/**
 * Keys that callers have used, shared by all instances and kept across restarts. The answer itself is not kept here:
 * it is read from the events that carry the command's id.
 */
export interface CommandKeys {
  find(commandId: string): Promise<CommandKeyClaim | undefined>;
  /** Claims the id or returns the claim that was there first. Durable when it returns. */
  claim(commandId: string, claim: CommandKeyClaim): Promise<CommandKeyClaim>;
}
