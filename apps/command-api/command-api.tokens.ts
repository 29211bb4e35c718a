/** What the command side handles complaints with: stores, keys, clock. */
export const COMMAND_HANDLING = Symbol('CommandHandling');

/** What the system itself escalates with, before a command changes the clock. */
export const ESCALATING = Symbol('Escalating');

/** What the configuration is changed with. */
export const CONFIGURATION_HANDLING = Symbol('ConfigurationHandling');

/** Cases of other systems and the complaints that stand for them. */
export const EXTERNAL_IDS = Symbol('ExternalIds');
