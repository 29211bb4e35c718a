export type * from './configuration-command.js';
export { type ConfigurationHandling, handleConfigurationCommand } from './configuration-command-handler.js';
export { ConfigurationView } from './configuration-view.js';
export { decisionContextsOf } from './decision-contexts.js';
export { seedConfiguration } from './seed-configuration.js';
