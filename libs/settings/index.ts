export { LOG_LEVELS, type LogLevel } from './declarations.js';
export { isLoopback } from './parsers.js';
export type { Environment, SettingProblem } from './setting.js';
export {
  readSettings,
  settingsWarnings,
  SettingsError,
  type OidcSettings,
  type Settings,
} from './settings.js';
export { settingsReference } from './reference-table.js';
export type { Recipients } from './notify.parsers.js';
export type { NotifySettings } from './read-notify.js';
