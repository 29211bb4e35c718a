import { decodeCursor, encodeCursor, InvalidCursorError } from '#libs/read-store/index.js';
import { FlipPage, type Flip, type FlipPlace } from '#libs/reports/index.js';
import type { WhatIfLine, WhatIfReport } from './what-if.query.js';

export type WhatIfBody = WhatIfReport & {
  /** Complaints whose verdict flips, oldest first. */
  readonly flips: { readonly items: readonly Flip[]; readonly nextCursor: string | null };
};

const ORDER = 'what-if';

/** One page of flips beside the figures of all. @throws InvalidCursorError */
export async function whatIfPage(
  lines: AsyncIterable<WhatIfLine>,
  { limit, after }: { readonly limit: number; readonly after?: FlipPlace },
): Promise<WhatIfBody> {
  const page = new FlipPage(limit, after);
  let report: WhatIfReport | undefined;
  for await (const line of lines) {
    if (line.type === 'flip') page.add(bare(line));
    else if (line.type === 'report') report = bare(line);
  }
  if (report === undefined) throw new Error('judging ended without figures');
  const { items, next } = page.finish();
  const nextCursor = next && encodeCursor({ order: ORDER, after: [next.cycle, next.id] });
  return { ...report, flips: { items, nextCursor } };
}

/** @throws InvalidCursorError */
export function placeOf(cursor: string | undefined): FlipPlace | undefined {
  if (cursor === undefined) return undefined;
  const [cycle, id] = decodeCursor(cursor, ORDER, 2).after;
  if (typeof cycle !== 'number' || typeof id !== 'string') throw new InvalidCursorError();
  return { cycle, id };
}

function bare<Line extends WhatIfLine>({ type: _, ...content }: Line): Omit<Line, 'type'> {
  return content;
}
