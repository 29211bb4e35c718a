/** A line of the input: its bytes, or that it was too long to be one. */
export interface NumberedLine {
  readonly number: number;
  readonly bytes: Buffer;
  readonly isTooLong: boolean;
}

/** Longest line, in bytes: as large as a whole body elsewhere. */
export const LONGEST_LINE = 1024 * 1024;
const LINE_FEED = 10;
/** Nothing but controls is below it. */
const BLANK = 32;

/** Lines of a byte stream as they come in. Holds one line at a time, and of a line that is too long nothing. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<NumberedLine> {
  let number = 0;
  let held: Uint8Array[] = [];
  let length = 0;
  const endLine = (): NumberedLine => {
    number += 1;
    const isTooLong = length > longest;
    const bytes = Buffer.concat(held);
    held = [];
    length = 0;
    return { number, bytes, isTooLong };
  };
  const hold = (part: Uint8Array): void => {
    length += part.length;
    if (length > longest) held = [];
    else held.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      hold(chunk.subarray(from, end));
      from = end + 1;
      const line = endLine();
      if (isWorthAnAnswer(line)) yield line;
    }
    hold(chunk.subarray(from));
  }
  const last = endLine();
  if (isWorthAnAnswer(last)) yield last;
}

function isWorthAnAnswer({ bytes, isTooLong }: NumberedLine): boolean {
  return isTooLong || bytes.some((byte) => byte > BLANK);
}
