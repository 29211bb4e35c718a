import { longestStreamName } from '../storage/log-tables.js';
import type { ProposedEvent } from '../storage/append-decision.js';
import { isFault, type AppendTarget, type RequestFault } from '../wire/append-requests.js';
import { maxAppendSize, sizeOf } from './append-limits.js';
import {
  appendTooLarge,
  invalidArgument,
  metadataMissing,
  notInSubset,
  truncationRefused,
  type CallError,
} from './errors.js';

const truncating = ['$maxCount', '$maxAge', '$tb'];

/** Gathers the events of one append as they arrive, and holds no more of them than the limit allows. */
export class AppendBuilder {
  readonly events: ProposedEvent[] = [];
  private size = 0;
  private fault: CallError | undefined;

  constructor(private readonly target: AppendTarget) {
    this.fault = faultOfTarget(target);
  }

  add(event: ProposedEvent | RequestFault): void {
    if (this.fault) return;
    if (isFault(event)) {
      this.refuse(
        event.kind === 'invalid' ? invalidArgument(event.message) : metadataMissing(event.properties),
      );
      return;
    }
    this.size += sizeOf(event);
    if (this.size > maxAppendSize) this.refuse(appendTooLarge(maxAppendSize));
    else if (isTruncation(this.target, event)) this.refuse(truncationRefused());
    else if (event.type.equals(linkType))
      this.refuse(notInSubset('Links ($>) are refused, since reads do not resolve them.'));
    else this.events.push(event);
  }

  /** Why this append is not carried out, if so. */
  get refusal(): CallError | undefined {
    return this.fault;
  }

  get bytes(): number {
    return this.fault ? 0 : this.size;
  }

  private refuse(fault: CallError): void {
    this.fault = fault;
    this.events.length = 0;
  }
}

/** Revisions and positions are signed in the server, though unsigned on the wire. */
export const largestInt64 = 2n ** 63n - 1n;

const linkType = Buffer.from('$>');

function faultOfTarget({ stream, echo }: AppendTarget): CallError | undefined {
  if (stream.length === 0) return invalidArgument('The request names no stream.');
  if (stream.length > longestStreamName)
    return invalidArgument(`A stream's name is at most ${longestStreamName} bytes long.`);
  if (stream.equals(Buffer.from('$$'))) return invalidArgument('$$ is no name of a stream.');
  if (stream.equals(Buffer.from('$all'))) return invalidArgument('$all cannot be appended to.');
  if ((echo.expectedRevision ?? 0) > largestInt64)
    return invalidArgument(`${echo.expectedRevision} is no revision: they end at ${largestInt64}.`);
  return undefined;
}

/** A stream's metadata is the last event of its `$$` stream, whatever its type. */
function isTruncation({ stream }: AppendTarget, event: ProposedEvent): boolean {
  if (!(stream[0] === 0x24 && stream[1] === 0x24)) return false;
  let metadata: unknown;
  try {
    metadata = JSON.parse(event.data.toString('utf8'));
  } catch {
    return false;
  }
  return typeof metadata === 'object' && metadata !== null && truncating.some((key) => key in metadata);
}
