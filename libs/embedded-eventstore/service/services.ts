import gossip from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, Server, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js';
import { readAppendMessage, readBatchAppendMessage } from '../wire/append-requests.js';
import type { EventLog } from '../storage/event-log.js';
import type { GroupCommit } from '../storage/group-commit.js';
import { handleAppend } from './append-call.js';
import { handleBatchAppend } from './batch-append-call.js';
import { clusterInfo, supportedMethods } from './cluster-info.js';
import type { CommitSignal } from './commit-signal.js';
import { deleteRefused, toStatus } from './errors.js';
import { readEvents } from './read-events.js';
import { parseReadRequest } from './read-request.js';
import { ResponseStream } from './response-stream.js';
import { subscribe } from './subscription.js';

export interface ServiceParts {
  readonly log: EventLog;
  readonly commits: GroupCommit;
  readonly signal: CommitSignal;
  readonly instanceId: string;
  readonly host: string;
  readonly port: () => number;
}

const asIs = (bytes: Buffer): Buffer => bytes;

/** The service as it ships with the client, but for the messages whose bytes are passed through unparsed. */
const streamsService = {
  ...streams.StreamsService,
  append: {
    ...streams.StreamsService.append,
    requestDeserialize: readAppendMessage,
    responseSerialize: asIs,
  },
  batchAppend: {
    ...streams.StreamsService.batchAppend,
    requestDeserialize: readBatchAppendMessage,
    responseSerialize: asIs,
  },
  read: { ...streams.StreamsService.read, responseSerialize: asIs },
};

/** Services that are not added here (persistent subscriptions, projections, users, operations) answer UNIMPLEMENTED. */
export function addServices(server: Server, parts: ServiceParts): void {
  server.addService(streamsService, {
    append: handleAppend(parts.commits),
    batchAppend: handleBatchAppend(parts.commits),
    read: (call: ServerWritableStream<ReadReq, Buffer>) => void handleRead(parts, call),
    delete: refuse(deleteRefused),
    tombstone: refuse(deleteRefused),
  });
  server.addService(gossip.GossipService, {
    read: answer(() => clusterInfo(parts.instanceId, parts.host, parts.port())),
  });
  server.addService(features.ServerFeaturesService, { getSupportedMethods: answer(supportedMethods) });
}

async function handleRead(
  { log, signal }: ServiceParts,
  call: ServerWritableStream<ReadReq, Buffer>,
): Promise<void> {
  const response = new ResponseStream(call);
  try {
    const request = parseReadRequest(call.request);
    if (request.count === undefined) await subscribe(log, signal, request, response);
    else await readEvents(log, request, response);
  } catch (error) {
    response.fail(toStatus(error));
  }
}

function answer<Response>(make: () => Response) {
  return (_call: ServerUnaryCall<unknown, Response>, reply: sendUnaryData<Response>) => {
    reply(null, make());
  };
}

function refuse(error: () => Error) {
  return (_call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>) => {
    reply(toStatus(error()), null);
  };
}
