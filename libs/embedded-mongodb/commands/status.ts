import { availableParallelism, freemem, hostname, platform, release, totalmem } from 'node:os';
import { Doc } from '../bson/doc.js';
import { integer } from '../bson/numbers.js';
import { DateTime, double } from '../bson/values.js';
import { mostConnections } from '../engine.js';
import { fail } from '../errors.js';
import type { Call, Commands } from './command.js';
import { largestBatch } from './insert.js';
import { largestDocument } from '../bson/write.js';
import { largestMessage } from '../wire/message.js';

/** The server whose behaviour this one follows. */
const version = '7.0.14';
const versionArray = [7, 0, 14, 0];
/** What a server of that version speaks; drivers choose their ways by it. */
const maxWireVersion = 21;

function hello({ body, connection }: Call): Doc {
  return Doc.of({
    helloOk: body.has('helloOk') ? true : undefined,
    [body.has('hello') ? 'isWritablePrimary' : 'ismaster']: true,
    maxBsonObjectSize: largestDocument,
    maxMessageSizeBytes: largestMessage,
    maxWriteBatchSize: largestBatch,
    localTime: new DateTime(Date.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: connection,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  });
}

const buildInfo = (): Doc =>
  Doc.of({
    version,
    gitVersion: 'embedded',
    modules: ['embedded-mongodb'],
    allocator: 'system',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    versionArray,
    bits: 64,
    debug: false,
    maxBsonObjectSize: largestDocument,
    storageEngines: ['lmdb'],
  });

function serverStatus({ engine }: Call): Doc {
  const up = Date.now() - engine.startedAt;
  const memory = process.memoryUsage();
  return Doc.of({
    host: hostname(),
    version,
    process: 'embedded-mongodb',
    pid: BigInt(process.pid),
    uptime: double(Math.floor(up / 1000)),
    uptimeMillis: BigInt(up),
    localTime: new DateTime(Date.now()),
    connections: Doc.of({
      current: engine.connections,
      available: mostConnections - engine.connections,
      totalCreated: engine.connections,
    }),
    metrics: Doc.of({ cursor: Doc.of({ open: Doc.of({ total: engine.cursors.count }) }) }),
    mem: Doc.of({
      bits: 64,
      resident: integer(Math.round(memory.rss / 2 ** 20)),
    }),
    opcounters: engine.opCounters.describe(),
    extra_info: Doc.of({ note: 'fields vary by platform', heap_usage_bytes: BigInt(memory.heapUsed) }),
    storageEngine: Doc.of({ name: 'lmdb', persistent: true, readOnly: false }),
  });
}

const parameters: Readonly<Record<string, Doc>> = {
  featureCompatibilityVersion: Doc.of({ featureCompatibilityVersion: Doc.of({ version: '7.0' }) }),
};

function getParameter({ body }: Call): Doc {
  if (body.get('getParameter') === '*' || body.get('allParameters') === true) {
    return Doc.of(Object.fromEntries(Object.values(parameters).flatMap((doc) => [...doc.entries()])));
  }
  const found = body.keys.map((key) => parameters[key]).filter((doc) => doc !== undefined);
  if (found.length === 0) throw fail('InvalidOptions', 'no option found to get');
  return Doc.of(Object.fromEntries(found.flatMap((doc) => [...doc.entries()])));
}

const hostInfo = (): Doc =>
  Doc.of({
    system: Doc.of({
      currentTime: new DateTime(Date.now()),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: integer(Math.round(totalmem() / 2 ** 20)),
      memLimitMB: integer(Math.round(freemem() / 2 ** 20)),
      numCores: availableParallelism(),
      cpuArch: process.arch,
    }),
    os: Doc.of({ type: platform(), name: platform(), version: release() }),
    extra: Doc.empty,
  });

const connectionStatus = (): Doc =>
  Doc.of({ authInfo: Doc.of({ authenticatedUsers: [], authenticatedUserRoles: [] }) });

const getLog = ({ body }: Call): Doc =>
  body.get('getLog') === '*'
    ? Doc.of({ names: ['global', 'startupWarnings'] })
    : Doc.of({ totalLinesWritten: 0, log: [] });

const getCmdLineOpts = (): Doc => Doc.of({ argv: ['embedded-mongodb'], parsed: Doc.empty });

const noUsers = () => {
  throw fail('AuthenticationFailed', 'This server knows no users: it listens on the loopback interface only');
};

const nothing = () => Doc.empty;
/** Handshakes carry whatever the next driver adds. */
const anything = ['*'];

export const statusCommands: Commands = {
  hello: { fields: anything, run: hello },
  isMaster: { fields: anything, run: hello },
  ismaster: { fields: anything, run: hello },
  ping: { fields: [], run: nothing },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  serverStatus: { fields: anything, run: serverStatus },
  getParameter: { fields: anything, run: getParameter },
  hostInfo: { fields: [], run: hostInfo },
  connectionStatus: { fields: ['showPrivileges'], run: connectionStatus },
  // Nobody is a user here, and nothing is asked of anybody.
  usersInfo: { fields: anything, run: () => Doc.of({ users: [] }) },
  rolesInfo: { fields: anything, run: () => Doc.of({ roles: [] }) },
  whatsmyuri: { fields: [], run: ({ engine, connection }) => Doc.of({ you: engine.peerOf(connection) }) },
  getLog: { fields: [], run: getLog },
  getCmdLineOpts: { fields: [], run: getCmdLineOpts },
  endSessions: { fields: [], run: nothing },
  startSession: { fields: [], run: nothing },
  refreshSessions: { fields: [], run: nothing },
  killSessions: { fields: [], run: nothing },
  saslStart: { fields: anything, run: noUsers },
  authenticate: { fields: anything, run: noUsers },
  logout: { fields: [], run: nothing },
};
