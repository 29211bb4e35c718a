import type { NotificationChannel } from './channel.port.js';

/** Where the log goes; a pino logger is one. */
export interface NoticeLog {
  warn(fields: object, message: string): void;
}

/** The default: it reaches whoever watches the logs, and needs nothing. */
export function logChannel(log: NoticeLog): NotificationChannel {
  return {
    name: 'log',
    send: ({ _id, whom, notice }) => {
      log.warn({ notificationId: _id, whom, notice }, 'complaint escalated');
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
