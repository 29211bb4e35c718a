import shared from '@eventstore/db-client/generated/shared_pb.js';
import grpcStreams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { credentials } from '@grpc/grpc-js';
import { collect } from './harness.js';

export interface RawRead {
  readonly filter?: {
    readonly on: 'stream' | 'type';
    readonly regex?: string;
    readonly prefixes?: readonly string[];
  };
  readonly from?: { readonly commit: bigint; readonly prepare: bigint };
  readonly backwards?: boolean;
  readonly count?: number;
  readonly structuredIds?: boolean;
}

/** A read of $all in the protocol's own words, for what @eventstore/db-client 6.2.1 cannot ask: filters, structured ids. */
export async function rawReadAll(url: string, read: RawRead) {
  const client = new grpcStreams.StreamsClient(
    new URL(url.replace(/^\w+:/, 'http:')).host,
    credentials.createInsecure(),
  );
  const request = new streams.ReadReq();
  request.setOptions(optionsOf(read));
  try {
    const responses = await collect(
      client.read(request) as AsyncIterable<InstanceType<typeof streams.ReadResp>>,
    );
    return responses
      .filter((response) => response.hasEvent())
      .map((response) => response.getEvent()!.getEvent()!);
  } finally {
    client.close();
  }
}

function optionsOf(read: RawRead) {
  const options = new streams.ReadReq.Options();
  const all = new streams.ReadReq.Options.AllOptions();
  if (read.from) {
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition(read.from.commit.toString());
    position.setPreparePosition(read.from.prepare.toString());
    all.setPosition(position);
  } else if (read.backwards) all.setEnd(new shared.Empty());
  else all.setStart(new shared.Empty());
  const ids = new streams.ReadReq.Options.UUIDOption();
  if (read.structuredIds) ids.setStructured(new shared.Empty());
  else ids.setString(new shared.Empty());
  options.setAll(all);
  const { FORWARDS, BACKWARDS } = streams.ReadReq.Options.ReadDirection;
  options.setReadDirection(read.backwards ? BACKWARDS : FORWARDS);
  options.setCount(String(read.count ?? 1000));
  options.setUuidOption(ids);
  if (read.filter) options.setFilter(filterOf(read.filter));
  else options.setNoFilter(new shared.Empty());
  return options;
}

function filterOf({ on, regex = '', prefixes = [] }: NonNullable<RawRead['filter']>) {
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  expression.setRegex(regex);
  expression.setPrefixList([...prefixes]);
  const filter = new streams.ReadReq.Options.FilterOptions();
  if (on === 'stream') filter.setStreamIdentifier(expression);
  else filter.setEventType(expression);
  filter.setMax(32);
  filter.setCheckpointintervalmultiplier(1);
  return filter;
}
