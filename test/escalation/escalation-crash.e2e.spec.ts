import { setTimeout as sleep } from 'node:timers/promises';
import { startReceiver, type Receiver } from '#libs/notifications/testing/listening.js';
import { apiClient } from '#libs/testing/api-client.js';
import { type ProductProcess, removeDataDir, startProductProcess } from '#libs/testing/running-product.js';

interface History {
  readonly items: readonly { readonly type: string; readonly data: Record<string, unknown> }[];
}

const LONG_AGO = new Date(Date.now() - 60 * 24 * 3_600_000).toISOString();

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error('It never came to hold.');
}

async function receiveLate(product: ProductProcess): Promise<string> {
  const { status, body } = await apiClient(product.url, await product.token('agent')).post('/complaints', {
    customer: { kind: 'owner', name: 'Can Öz' },
    channel: 'phone',
    contactedAt: LONG_AGO,
    occurredAt: LONG_AGO,
    callTree: 'defects-plumbing',
    subject: 'Su kaçağı',
    description: 'Mutfakta su damlıyor',
  });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

describe('kill -9 of the whole product', () => {
  let receiver: Receiver;
  let product: ProductProcess | undefined;

  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(async () => {
    if (product) {
      await product.stop();
      await removeDataDir(product.dataDir);
    }
    await receiver.stop();
  });

  it('loses no escalation and no notification, and doubles no escalation', async () => {
    const env = {
      NOTIFY_WEBHOOK_URL: receiver.url,
      NOTIFY_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
    };
    receiver.answer = 503;
    product = await startProductProcess({ env });
    const { dataDir } = product;
    const ids = [await receiveLate(product)];
    // Killed once while a receiver is down that was tried, and once at whatever moment.
    await until(() => receiver.received.length > 0);
    await product.kill9();
    receiver.answer = 204;
    const before = receiver.received.length;
    product = await startProductProcess({ dataDir, env });
    ids.push(await receiveLate(product), await receiveLate(product));
    await sleep(1300);
    await product.kill9();
    product = await startProductProcess({ dataDir, env });

    const delivered = (): Set<string> =>
      new Set(
        receiver.received
          .slice(before)
          .map(({ body }) => (JSON.parse(body) as { data: Record<string, unknown> }).data)
          .map(({ complaintId, level }) => `${String(complaintId)} ${String(level)}`),
      );
    const wanted = ids.flatMap((id) => [1, 2, 3].map((level) => `${id} ${level}`));
    await until(() => wanted.every((one) => delivered().has(one)));
    const client = apiClient(product.url, await product.token('auditor'));
    for (const id of ids) {
      const { body } = await client.get<History>(`/complaints/${id}/history`);
      const levels = body.items
        .filter(({ type }) => type === 'ComplaintEscalated')
        .map(({ data }) => data.level);
      expect(levels).toEqual([1, 2, 3]);
    }
  }, 240_000);
});
