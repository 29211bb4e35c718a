import type { Server } from 'node:http';
import { PROBLEM_TYPES, problemUri, type ProblemCode } from '../problem/problem-types.js';

const PROBLEM_OF: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** Answers what never became a request in the same form as everything else, and ends the connection. */
export function answerUnreadableRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const code = PROBLEM_OF[error.code ?? ''] ?? 'malformed-request';
    socket.end(answerOf(code));
  });
}

function answerOf(code: ProblemCode): string {
  const { status, title } = PROBLEM_TYPES[code];
  const body = JSON.stringify({ type: problemUri(code), title, status, detail: title });
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
