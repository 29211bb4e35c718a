import { anyText, connectionString, hostName, key256, oneOf, secureUrl, wholeNumber } from './parsers.js';
import { NOTIFY_DECLARATIONS } from './notify.declarations.js';
import type { Setting } from './setting.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

function port(name: string, fallback: string, description: string): Setting<number> {
  const allowed = 'a whole number from 0 to 65535 (0: any free port)';
  return { name, fallback, description, allowed, parse: wholeNumber(0, 65_535) };
}

/** Every setting there is, in the order of the reference page. */
export const DECLARATIONS = {
  port: port('PORT', '3000', 'Port of the HTTP interface.'),
  host: {
    name: 'HOST',
    fallback: '127.0.0.1',
    description:
      'Address that the HTTP interface listens on. Anything but loopback is a deliberate step and is warned about: put a proxy with TLS in front.',
    allowed: 'a host name or an IP address, without a port',
    parse: hostName,
  } satisfies Setting<string>,
  dataDir: {
    name: 'DATA_DIR',
    fallback: './data',
    description:
      'Folder of everything that the product keeps itself: embedded engines, signing key, personal-data keys.',
    allowed: 'a path of at most 1024 characters',
    parse: anyText(1024),
  } satisfies Setting<string>,
  eventStoreUrl: {
    name: 'EVENTSTORE_URL',
    description:
      'Connection string of an EventStoreDB or KurrentDB. Not set: the embedded event store is started.',
    allowed:
      'a connection string that starts with esdb://, esdb+discover://, kurrentdb:// or kurrentdb+discover://',
    secret: true,
    parse: connectionString(['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover']),
  } satisfies Setting<string>,
  mongoUrl: {
    name: 'MONGODB_URL',
    description: 'Connection string of a MongoDB. Not set: the embedded document store is started.',
    allowed: 'a connection string that starts with mongodb:// or mongodb+srv://',
    secret: true,
    parse: connectionString(['mongodb', 'mongodb+srv']),
  } satisfies Setting<string>,
  embeddedEventStorePort: port(
    'EMBEDDED_EVENTSTORE_PORT',
    '2113',
    'Port of the embedded event store. A default port that is taken falls back to a free one.',
  ),
  embeddedMongoPort: port(
    'EMBEDDED_MONGODB_PORT',
    '27017',
    'Port of the embedded document store. A default port that is taken falls back to a free one.',
  ),
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    description: 'Least severity that is logged.',
    allowed: `one of ${LOG_LEVELS.join(', ')}`,
    parse: oneOf(LOG_LEVELS),
  } satisfies Setting<LogLevel>,
  consistencyTimeoutMs: {
    name: 'CONSISTENCY_TIMEOUT_MS',
    fallback: '5000',
    description: 'How long a query with a `Consistency-Token` waits for its read model, in milliseconds.',
    allowed: 'a whole number from 0 to 60000',
    parse: wholeNumber(0, 60_000),
  } satisfies Setting<number>,
  oidcIssuer: {
    name: 'OIDC_ISSUER',
    description:
      'Issuer of the bearer tokens, exactly as in their `iss`. Not set: tokens are signed by a key under `DATA_DIR` (`npx complaints token`).',
    allowed: 'an https:// URL (http:// only to this machine)',
    parse: secureUrl,
  } satisfies Setting<string>,
  oidcAudience: {
    name: 'OIDC_AUDIENCE',
    description: 'Audience that tokens must carry. Needed with `OIDC_ISSUER`.',
    allowed: 'a text of at most 255 characters',
    parse: anyText(255),
  } satisfies Setting<string>,
  oidcJwksUrl: {
    name: 'OIDC_JWKS_URL',
    description:
      'Where the issuer publishes its keys. Not set: discovered at `<issuer>/.well-known/openid-configuration`.',
    allowed: 'an https:// URL (http:// only to this machine)',
    parse: secureUrl,
  } satisfies Setting<string>,
  personalDataMasterKey: {
    name: 'PERSONAL_DATA_MASTER_KEY',
    description:
      'Key that wraps the keys of the persons. Not set: one is made and kept under `DATA_DIR`. Losing it loses the personal data.',
    allowed: '32 bytes, as 64 hexadecimal digits or base64 (openssl rand -hex 32)',
    secret: true,
    parse: key256,
  } satisfies Setting<string>,
  ...NOTIFY_DECLARATIONS,
};
