import { createHmac, timingSafeEqual } from 'node:crypto';
import { entry } from '../testing/entries.fixtures.js';
import { startReceiver, type Receiver } from '../testing/listening.js';
import { failureOf } from './channel.port.js';
import { webhookHeaders } from './webhook-signature.js';
import { webhookChannel } from './webhook.channel.js';

const KEY = Buffer.alloc(32, 7);
const secret = `whsec_${KEY.toString('base64')}`;

describe('A webhook', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.stop();
  });
  const failure = (url = receiver.url): Promise<string> =>
    webhookChannel({ url, secret })
      .send(entry())
      .then(() => 'none', failureOf);

  it('tells in JSON what happened, signed so that the receiver can check it', async () => {
    await webhookChannel({ url: receiver.url, secret }).send(entry());
    const { headers, body } = receiver.received[0]!;
    expect(JSON.parse(body)).toMatchObject({
      type: 'complaint.escalated',
      data: { whom: 'team', reference: 'SK-2026-000001', level: 2, team: 'plumbing' },
    });
    expect(headers['webhook-id']).toBe(entry()._id);
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const expected = createHmac('sha256', KEY).update(signed).digest();
    const [version, signature] = String(headers['webhook-signature']).split(',');
    expect(version).toBe('v1');
    expect(timingSafeEqual(Buffer.from(signature!, 'base64'), expected)).toBe(true);
    expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('is signed as the published example of the specification', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: '{"test": 2432232314}',
    };
    expect(webhookHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toMatchObject({
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each([200, 204])('is delivered by an answer %d', async (status) => {
    receiver.answer = status;
    expect(await failure()).toBe('none');
  });

  it.each([302, 400, 404, 429, 500, 503])(
    'is not by an answer %d, of which only the number is kept',
    async (status) => {
      receiver.answer = status;
      expect(await failure()).toBe(`http-${status}`);
      expect(receiver.received).toHaveLength(1);
    },
  );

  it('is not by a server that is away', async () => {
    const { url } = receiver;
    await receiver.stop();
    expect(await failure(url)).toBe('ECONNREFUSED');
  });
});
