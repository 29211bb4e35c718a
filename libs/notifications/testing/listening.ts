import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Status of the answers to come. */
  answer: number;
  stop(): Promise<void>;
}

/** Somebody who takes webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createHttpServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(receiver.answer, { location: 'http://127.0.0.1:1/' }).end('whatever');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: 204,
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
  return receiver;
}

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: Mail[];
  /** What it says to the next recipients and contents, e.g. `550 no such mailbox`. */
  refuse: { recipient?: string; content?: string };
  stop(): Promise<void>;
}

/** As much of RFC 5321 as one mail needs. */
export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    talk(socket, mails, () => running.refuse);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const running: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    refuse: {},
    stop: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
  return running;
}

function talk(socket: Socket, mails: Mail[], refusals: () => MailServer['refuse']): void {
  let [from, text, inContent, rest] = ['', '', false, ''];
  let to: string[] = [];
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const hear = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (inContent) {
      if (line !== '.') {
        text += `${line}\n`;
        return;
      }
      inContent = false;
      const refusal = refusals().content;
      if (refusal === undefined) mails.push({ from, to, text });
      say(refusal ?? '250 taken');
    } else if (verb === 'EHLO') say('250 mail.example');
    else if (verb === 'MAIL') {
      [from, to, text] = [addressIn(line), [], ''];
      say('250 ok');
    } else if (verb === 'RCPT') {
      to.push(addressIn(line));
      say(refusals().recipient ?? '250 ok');
    } else if (verb === 'DATA') {
      inContent = true;
      say('354 go on');
    } else if (verb === 'QUIT') socket.end('221 bye\r\n');
    else say('250 ok');
  };
  say('220 mail.example');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}

function addressIn(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
