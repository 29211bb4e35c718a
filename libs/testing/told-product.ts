import { sendImport } from '#libs/importing/index.js';
import { apiClient, type ApiClient } from './api-client.js';
import { removeDataDir, startProductProcess, type ProductProcess } from './running-product.js';

/** A moment of March 2026, in UTC: "02T09:00". */
export const march = (at: string): string => `2026-03-${at}:00.000Z`;
/** All of March 2026, as a query. */
export const MARCH = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

export const AYSE = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
export const FATMA = { sub: 'fatma', name: 'Fatma', role: 'agent' };
export const MEHMET = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };

/** A line of an import. */
export function line(
  externalId: string,
  at: string,
  actor: object,
  command: string,
  body: object = {},
): string {
  return JSON.stringify({ command, body, occurredAt: march(at), actor, externalId });
}

export function receive(externalId: string, at: string, more: object = {}): string {
  return line(externalId, at, AYSE, 'receive', {
    customer: { ref: externalId, kind: 'owner', name: 'Gülizar Özçelik', phone: '+90 555 123 45 67' },
    channel: 'phone',
    contactedAt: march(at),
    callTree: 'defects-plumbing',
    subject: 'Su kaçağı',
    description: 'Mutfakta su damlıyor',
    ...more,
  });
}

/** A product of its own with histories told to it through the import, which keeps their moments. */
export class ToldProduct {
  /** Of complaints, by external id. */
  readonly ids = new Map<string, string>();
  /** Of the last event that was told. */
  position = '';

  private constructor(private readonly process: ProductProcess) {}

  static async start(): Promise<ToldProduct> {
    return new ToldProduct(await startProductProcess());
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await removeDataDir(this.process.dataDir);
  }

  async as(role: string, team?: string): Promise<ApiClient> {
    return apiClient(this.process.url, await this.process.token(role, undefined, team));
  }

  asAnyone(): ApiClient {
    return apiClient(this.process.url);
  }

  async tell(lines: readonly string[]): Promise<void> {
    const token = await this.process.token('service');
    for await (const answer of sendImport({ url: this.process.url, token }, lines)) {
      if (answer.status === 'refused') throw new Error(JSON.stringify(answer));
      const { externalId, id, position } = answer as unknown as Record<string, string>;
      this.ids.set(externalId ?? '', id ?? '');
      if (position !== undefined && position > this.position) this.position = position;
    }
  }

  /** The body of a 200 by read models that hold all that was told. */
  async ask(client: ApiClient, path: string) {
    const answer = await client.get(path, { 'Consistency-Token': this.position });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
