import type { NotifySettings } from '#libs/settings/index.js';
import type { NotificationChannel } from './channels/channel.port.js';
import { logChannel, type NoticeLog } from './channels/log.channel.js';
import { smtpChannel } from './channels/smtp.channel.js';
import { webhookChannel } from './channels/webhook.channel.js';

/** Those that the settings name; the log when they name none. */
export function openChannels(settings: NotifySettings | undefined, log: NoticeLog): NotificationChannel[] {
  const channels = [
    ...(settings?.smtp ? [smtpChannel(settings.smtp)] : []),
    ...(settings?.webhook ? [webhookChannel(settings.webhook)] : []),
  ];
  return channels.length > 0 ? channels : [logChannel(log)];
}
