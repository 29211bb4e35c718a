/** What the command side handles complaints with: stores, keys, clock. */
export const COMMAND_HANDLING = Symbol('CommandHandling');
