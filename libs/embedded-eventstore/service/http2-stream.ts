import type { ServerHttp2Stream } from 'node:http2';

/** What lies below a call of grpc-js. It is not in grpc-js's public types: whoever uses it does without where it is not found. */
interface InnerCall {
  readonly stream?: Partial<ServerHttp2Stream>;
  readonly incomingEncoding?: string;
}

const innerCallOf = (call: object): InnerCall | undefined => (call as { call?: InnerCall }).call;

export function http2StreamOf(call: object): ServerHttp2Stream | undefined {
  const stream = innerCallOf(call)?.stream;
  return typeof stream?.write === 'function' && 'pushAllowed' in stream
    ? (stream as ServerHttp2Stream)
    : undefined;
}

/** True where the messages of a request are known to come as they are. */
export const isUncompressed = (call: object): boolean => innerCallOf(call)?.incomingEncoding === 'identity';
