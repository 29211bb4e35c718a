import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { sendImport } from '#libs/importing/index.js';
import { UsageError } from '../output/failures.js';
import { type ImportOutcome, ImportTally, detailOf, reasonOf } from './import-report.js';
import type { Target } from './open-target.js';
import { startProgress } from '../output/progress-bar.js';

export async function importNdjson(
  file: string,
  target: Target,
  { show }: { show: boolean },
): Promise<ImportOutcome> {
  const { size } = await stat(file).catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
  const tally = new ImportTally();
  const progress = startProgress(show, size);
  // Byte by byte as it is: what is no UTF-8 is the server's to refuse.
  async function* content(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      progress.advance(chunk.length);
      yield chunk;
    }
  }
  try {
    for await (const answer of sendImport(target, content())) {
      tally.seen(answer.externalId);
      if (answer.status === 'refused') {
        const { line, externalId } = answer;
        tally.refuse({ line, externalId, reason: reasonOf(answer), detail: detailOf(answer) });
      } else {
        tally.count(answer.status);
        tally.addEvents(answer.events.length);
      }
    }
  } finally {
    progress.stop();
  }
  return tally;
}
