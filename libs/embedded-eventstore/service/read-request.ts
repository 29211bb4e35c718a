import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { Direction } from '../storage/log-pages.js';
import type { FilterRequest } from '../storage/event-filter.js';
import { largestInt64 } from './append-rules.js';
import { invalidArgument } from './errors.js';

/** Where a read begins: a number is a revision, or a position with both of its halves. */
export type StreamStart = 'start' | 'end' | number;
export type AllStart = 'start' | 'end' | { readonly commit: number; readonly prepare: number };

export interface SearchWindow {
  readonly filter: FilterRequest;
  /** Events looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

interface Common {
  readonly structuredIds: boolean;
  readonly direction: Direction;
  /** undefined: a subscription. */
  readonly count: number | undefined;
}

export type ReadRequest =
  | (Common & {
      readonly source: 'stream';
      readonly name: Buffer;
      readonly identifier: Uint8Array;
      readonly from: StreamStart;
    })
  | (Common & { readonly source: 'all'; readonly from: AllStart; readonly window?: SearchWindow });

/** Events per page of a filtered read in the server, and so the unit of its checkpoints where the client names no window. */
const defaultWindow = 32;

/** `ReadDirection.BACKWARDS` */
const backwards = 1;

type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;

export function parseReadRequest(request: ReadReq): ReadRequest {
  const options = request.getOptions();
  if (!options) throw invalidArgument('The request carries no options.');
  const common: Common = {
    structuredIds: options.getUuidOption()?.hasStructured() ?? false,
    direction: options.getReadDirection().valueOf() === backwards ? 'backwards' : 'forwards',
    count: countOf(options),
  };
  if (common.count === undefined && common.direction === 'backwards') {
    throw invalidArgument('A subscription reads forwards.');
  }
  return options.hasStream() ? { ...common, ...streamOf(options) } : { ...common, ...allOf(options) };
}

function countOf(options: Options): number | undefined {
  if (options.hasSubscription()) return undefined;
  if (!options.hasCount())
    throw invalidArgument('The request is neither a read with a count nor a subscription.');
  return Number(options.getCount());
}

function streamOf(options: Options) {
  const stream = options.getStream();
  const identifier = stream?.getStreamIdentifier();
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []);
  if (!stream || !identifier || name.length === 0) throw invalidArgument('The request names no stream.');
  if (options.hasFilter()) throw invalidArgument('Only reads of $all are filtered.');
  const from: StreamStart = stream.hasRevision()
    ? placeOf(stream.getRevision())
    : stream.hasEnd()
      ? 'end'
      : 'start';
  return { source: 'stream' as const, name, identifier: identifier.serializeBinary(), from };
}

function allOf(options: Options) {
  const all = options.getAll();
  if (!all) throw invalidArgument('The request names neither a stream nor $all.');
  return { source: 'all' as const, from: startOf(all), window: windowOf(options) };
}

function startOf(all: NonNullable<ReturnType<Options['getAll']>>): AllStart {
  const position = all.getPosition();
  if (!position) return all.hasEnd() ? 'end' : 'start';
  const commit = placeOf(position.getCommitPosition());
  const prepare = placeOf(position.getPreparePosition());
  if (commit === 'end' || prepare === 'end') return 'end';
  if (prepare > commit) throw invalidArgument('A position is invalid whose prepare is beyond its commit.');
  return { commit, prepare };
}

/** The largest unsigned number is the server's -1, which is the end. */
const endInNumbers = 2n ** 64n - 1n;

/** Beyond 2^53 only approximately right: no log gets there. */
function placeOf(text: string): number | 'end' {
  const place = BigInt(text);
  if (place === endInNumbers) return 'end';
  if (place > largestInt64)
    throw invalidArgument(`${text} is no place in a log: they end at ${largestInt64}.`);
  return Number(place);
}

function windowOf(options: Options): SearchWindow | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  if (!expression) throw invalidArgument('The filter names neither streams nor types.');
  const window = filter.hasMax() ? filter.getMax() : defaultWindow;
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (window < 1) throw invalidArgument('The search window must be at least 1.');
  if (options.hasSubscription() && multiplier < 1)
    throw invalidArgument('The checkpoint interval must be at least 1.');
  return {
    filter: {
      on: filter.hasStreamIdentifier() ? 'stream' : 'type',
      regex: expression.getRegex(),
      prefixes: expression.getPrefixList(),
    },
    checkpointInterval: window * Math.max(multiplier, 1),
  };
}
