import { type ServerWritableStream, Server, ServerCredentials } from '@grpc/grpc-js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';

const { StreamIdentifier, UUID } = sharedMessages;
const { ReadResp } = streamsMessages;

type Call = ServerWritableStream<streamsMessages.ReadReq, streamsMessages.ReadResp>;

/** One call of the client, played by the test: what a real server would only do on a bad day. */
export interface ScriptedCall {
  confirm(): void;
  event(position: number, event?: ScriptedEvent): void;
  checkpoint(position: number): void;
  /** An event whose target is gone, as a resolved link arrives. */
  emptyEvent(): void;
  caughtUp(): void;
  end(): void;
  fail(code: number, details: string): void;
  /** The client asked for the leader's answer. */
  readonly requiresLeader: boolean;
  /** Resolves when the client has given the call up. */
  readonly cancelled: Promise<void>;
}

export interface ScriptedEvent {
  readonly streamId?: string;
  readonly type?: string;
  readonly data?: string;
  readonly metadata?: string;
  readonly contentType?: string;
}

export interface ScriptedServer {
  readonly url: string;
  stop(): void;
}

const healthyMetadata = JSON.stringify({
  schemaVersion: 1,
  occurredAt: '2026-03-02T08:15:00.000Z',
  actor: { sub: 'ayse', name: 'Ayşe', role: 'agent' },
  commandId: 'c',
  hash: 'h',
  previousHash: null,
});

/** @param onRead called for reads and subscriptions alike */
export async function startScriptedServer(onRead: (call: ScriptedCall) => void): Promise<ScriptedServer> {
  const server = new Server();
  server.addService(streamsService.StreamsService, {
    read: (call: Call) => {
      onRead(scripted(call));
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    stop: () => {
      server.forceShutdown();
    },
  };
}

function scripted(call: Call): ScriptedCall {
  const send = (fill: (response: streamsMessages.ReadResp) => void) => {
    const response = new ReadResp();
    fill(response);
    call.write(response);
  };
  return {
    confirm: () => {
      send((response) => {
        const confirmation = new ReadResp.SubscriptionConfirmation();
        confirmation.setSubscriptionId('scripted');
        response.setConfirmation(confirmation);
      });
    },
    event: (position, event = {}) => {
      send((response) => response.setEvent(readEvent(position, event)));
    },
    checkpoint: (position) => {
      send((response) => {
        const checkpoint = new ReadResp.Checkpoint();
        checkpoint.setCommitPosition(String(position));
        checkpoint.setPreparePosition(String(position));
        response.setCheckpoint(checkpoint);
      });
    },
    emptyEvent: () => {
      send((response) => response.setEvent(new ReadResp.ReadEvent()));
    },
    caughtUp: () => {
      send((response) => response.setCaughtUp(new ReadResp.CaughtUp()));
    },
    end: () => {
      call.end();
    },
    fail: (code, details) => {
      call.emit('error', { code, details });
    },
    requiresLeader: call.metadata.get('requires-leader').includes('true'),
    cancelled: new Promise((resolve) => call.on('cancelled', resolve)),
  };
}

function readEvent(position: number, event: ScriptedEvent) {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  const id = new UUID();
  id.setString(`00000000-0000-4000-8000-${String(position).padStart(12, '0')}`);
  const stream = new StreamIdentifier();
  stream.setStreamName(Buffer.from(event.streamId ?? 'complaint-1').toString('base64'));
  recorded.setId(id);
  recorded.setStreamIdentifier(stream);
  recorded.setStreamRevision(String(position));
  recorded.setCommitPosition(String(position));
  recorded.setPreparePosition(String(position));
  recorded.getMetadataMap().set('type', event.type ?? 'ComplaintRouted');
  recorded.getMetadataMap().set('content-type', event.contentType ?? 'application/json');
  recorded.getMetadataMap().set('created', '17000000000000000');
  recorded.setData(Buffer.from(event.data ?? JSON.stringify({ team: `team-${position}` })));
  recorded.setCustomMetadata(Buffer.from(event.metadata ?? healthyMetadata));
  const wrapper = new ReadResp.ReadEvent();
  wrapper.setEvent(recorded);
  return wrapper;
}
