import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between a client and a server on TCP and does what networks do. */
export interface MisbehavingProxy {
  readonly port: number;
  /** Connections made since the start. */
  readonly connections: () => number;
  /** Resets every open connection; new ones are served. */
  drop(): void;
  /** Half-open: connections stay, nothing passes in either direction until `heal`. New ones are silent too. */
  freeze(): void;
  /** What the client sends arrives, what the server answers does not. */
  muteServer(): void;
  /** Everything passes again; what was held back is delivered. */
  heal(): void;
  /** New connections are closed at once. */
  refuse(): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

export async function startMisbehavingProxy(targetPort: number): Promise<MisbehavingProxy> {
  const pairs = new Set<Pair>();
  let connections = 0;
  let mode: 'open' | 'frozen' | 'mute' | 'refusing' = 'open';

  const apply = ({ client, server }: Pair) => {
    if (mode === 'frozen') client.pause();
    else client.resume();
    if (mode === 'frozen' || mode === 'mute') server.pause();
    else server.resume();
  };
  const change = (next: typeof mode) => {
    mode = next;
    pairs.forEach(apply);
  };
  const dropAll = () => {
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server.destroy();
    }
  };

  const listener = createServer((client) => {
    connections += 1;
    if (mode === 'refusing') {
      client.destroy();
      return;
    }
    const pair = { client, server: connect(targetPort, '127.0.0.1') };
    pairs.add(pair);
    join(pair, () => pairs.delete(pair));
    apply(pair);
  });
  return {
    port: await listen(listener),
    connections: () => connections,
    drop: dropAll,
    freeze: () => {
      change('frozen');
    },
    muteServer: () => {
      change('mute');
    },
    heal: () => {
      change('open');
    },
    refuse: () => {
      change('refusing');
    },
    stop: async () => {
      dropAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

function join({ client, server }: Pair, gone: () => void): void {
  const end = () => {
    client.destroy();
    server.destroy();
    gone();
  };
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on('data', (bytes) => to.write(bytes));
    from.on('close', end);
    from.on('error', end);
  }
}

async function listen(listener: Server): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return (listener.address() as AddressInfo).port;
}
