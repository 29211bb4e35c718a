import { Readable } from 'node:stream';
import type { ImportAnswer } from './import-answer.js';

export interface ImportTarget {
  readonly url: string;
  /** Role `service`. */
  readonly token: string;
  readonly signal?: AbortSignal;
}

/** The import as a whole was not taken; what the answers before it acknowledged stays. */
export class ImportFailedError extends Error {
  override readonly name = 'ImportFailedError';
}

/**
 * Streams lines (texts without their ends, or bytes with them) to `POST /import` and yields their answers in order while the rest is still being sent. Stops quietly
 * when the signal says so: sending the lines again goes on from there.
 */
export async function* sendImport(
  { url, token, signal }: ImportTarget,
  lines: Iterable<string> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<ImportAnswer> {
  const body = Readable.toWeb(
    Readable.from(withLineEnds(lines), { objectMode: false, highWaterMark: 256 * 1024 }),
  );
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' };
  try {
    const init = { method: 'POST', headers, body, duplex: 'half', ...(signal ? { signal } : {}) };
    const response = await fetch(`${url}/api/v1/import`, init as unknown as RequestInit);
    if (!response.ok || !response.body)
      throw new ImportFailedError(`${response.status}: ${await response.text()}`);
    yield* answersIn(response.body);
  } catch (error) {
    if (signal?.aborted) return;
    if (error instanceof ImportFailedError) throw error;
    throw new ImportFailedError(
      'The connection broke during the import; what was answered before is recorded. Send the same lines again to go on.',
      { cause: error },
    );
  }
}

async function* withLineEnds(
  lines: Iterable<string> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  let chunk = '';
  for await (const line of lines) {
    if (typeof line !== 'string') {
      yield line;
      continue;
    }
    chunk += `${line}\n`;
    if (chunk.length < 32_768) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

async function* answersIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ImportAnswer> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as ImportAnswer;
  }
  if (rest !== '') throw new ImportFailedError('The answers ended in the middle of a line.');
}
