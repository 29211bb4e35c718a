import { createTransport } from 'nodemailer';
import type { Recipients } from '#libs/settings/index.js';
import { DeliveryError, type NotificationChannel } from './channel.port.js';
import { mailText } from './mail-text.js';
import { recipientsOf } from './recipients-of.js';

export interface SmtpSettings {
  readonly url: string;
  readonly from: string;
  readonly to: Recipients;
}

const CONNECTIONS = 2;
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** One mail per entry to all of its addresses. Its message id is the entry's, so mail programs fold repetitions. */
export function smtpChannel({ url, from, to }: SmtpSettings): NotificationChannel {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'smtp',
    send: async ({ _id, whom, notice }) => {
      const addresses = recipientsOf(to, whom, notice.team);
      if (addresses.length === 0) throw new DeliveryError('no-address', true);
      const messageId = `<${_id}@${domainOf(from)}>`;
      try {
        await transport.sendMail({ from, to: [...addresses], messageId, ...mailText(notice) });
      } catch (error) {
        throw asDeliveryError(error);
      }
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'localhost';
}

/** Only a server that refuses the addresses for good (5xx to the envelope) is believed for good. */
function asDeliveryError(error: unknown): DeliveryError {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode === 'number') {
    return new DeliveryError(`smtp-${responseCode}`, code === 'EENVELOPE' && responseCode >= 500);
  }
  return new DeliveryError(typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'smtp');
}
