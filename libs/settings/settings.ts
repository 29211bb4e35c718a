import { resolve } from 'node:path';
import { DECLARATIONS, type LogLevel } from './declarations.js';
import { isLoopback } from './parsers.js';
import { readNotify, type NotifySettings } from './read-notify.js';
import { readSetting, textOf, type Environment, type Setting, type SettingProblem } from './setting.js';

export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl?: string;
}

export interface Settings {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Undefined: the embedded event store. */
  readonly eventStoreUrl?: string;
  /** Undefined: the embedded document store. */
  readonly mongoUrl?: string;
  readonly embeddedEventStorePort: number;
  readonly embeddedMongoPort: number;
  readonly logLevel: LogLevel;
  readonly consistencyTimeoutMs: number;
  /** Undefined: tokens are signed with the installation's own key. */
  readonly oidc?: OidcSettings;
  /** 32 bytes, as 64 hexadecimal digits or base64. */
  readonly personalDataMasterKey?: string;
  /** Undefined: escalations are told to the log. */
  readonly notify?: NotifySettings;
}

/** All that is wrong with the environment, in one message that an operator can act on. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'SETTINGS';
  constructor(readonly problems: readonly SettingProblem[]) {
    const lines = problems.map((problem) => `  - ${problem.message}`);
    super(`The settings cannot be used:\n${lines.join('\n')}\nAll settings: docs/reference/settings.md`);
  }
}

/**
 * Reads the settings from environment variables (an empty one counts as not set).
 * @throws SettingsError naming every problem at once
 */
export function readSettings(env: Environment): Settings {
  const problems: SettingProblem[] = [];
  const read = <T>(setting: Setting<T>): T | undefined => readSetting(setting, env, problems);
  // A refused value is among the problems, so that what follows the throw below never sees its placeholder.
  const required = <T>(setting: Setting<T>): T => read(setting) as T;

  const settings: Settings = {
    port: required(DECLARATIONS.port),
    host: required(DECLARATIONS.host),
    dataDir: resolve(read(DECLARATIONS.dataDir) ?? '.'),
    ...optional('eventStoreUrl', read(DECLARATIONS.eventStoreUrl)),
    ...optional('mongoUrl', read(DECLARATIONS.mongoUrl)),
    embeddedEventStorePort: required(DECLARATIONS.embeddedEventStorePort),
    embeddedMongoPort: required(DECLARATIONS.embeddedMongoPort),
    logLevel: required(DECLARATIONS.logLevel),
    consistencyTimeoutMs: required(DECLARATIONS.consistencyTimeoutMs),
    ...optional('oidc', readOidc(env, read, problems)),
    ...optional('personalDataMasterKey', read(DECLARATIONS.personalDataMasterKey)),
    ...optional('notify', readNotify(env, read, problems)),
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}

function readOidc(
  env: Environment,
  read: (setting: Setting<string>) => string | undefined,
  problems: SettingProblem[],
): OidcSettings | undefined {
  const isSet = (setting: Setting<string>): boolean => textOf(setting, env) !== undefined;
  const [issuer, audience, jwksUrl] = [
    read(DECLARATIONS.oidcIssuer),
    read(DECLARATIONS.oidcAudience),
    read(DECLARATIONS.oidcJwksUrl),
  ];
  if (isSet(DECLARATIONS.oidcIssuer) && !isSet(DECLARATIONS.oidcAudience)) {
    problems.push({
      name: 'OIDC_AUDIENCE',
      message:
        'OIDC_AUDIENCE: is needed when OIDC_ISSUER is set, or tokens meant for other services would be accepted',
    });
  }
  for (const setting of [DECLARATIONS.oidcAudience, DECLARATIONS.oidcJwksUrl]) {
    if (isSet(setting) && !isSet(DECLARATIONS.oidcIssuer)) {
      problems.push({
        name: setting.name,
        message: `${setting.name}: means nothing without OIDC_ISSUER; set both or none`,
      });
    }
  }
  return issuer === undefined || audience === undefined
    ? undefined
    : { issuer, audience, ...optional('jwksUrl', jwksUrl) };
}

/** What is allowed but worth a second look; to be logged at start. */
export function settingsWarnings(settings: Settings): string[] {
  const warnings: string[] = [];
  if (!isLoopback(settings.host)) {
    warnings.push(
      `HOST is ${settings.host}: the HTTP interface is open to the network, without TLS of its own.`,
    );
    if (!settings.oidc) {
      warnings.push(
        'OIDC_ISSUER is not set: whoever can read DATA_DIR/auth can sign tokens for any role. Use an OIDC issuer in production.',
      );
    }
  }
  if ((settings.eventStoreUrl === undefined) !== (settings.mongoUrl === undefined)) {
    const embedded = settings.eventStoreUrl === undefined ? 'event store' : 'document store';
    const missing = settings.eventStoreUrl === undefined ? 'EVENTSTORE_URL' : 'MONGODB_URL';
    warnings.push(`${missing} is not set: the embedded ${embedded} is used beside an external server.`);
  }
  return warnings;
}
