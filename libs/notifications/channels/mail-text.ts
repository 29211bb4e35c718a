import type { EscalationNotice } from '../notice.js';

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** In the product's two languages at once: who reads it is not known. */
export function mailText(notice: EscalationNotice): MailText {
  const { reference, level, at, team, link } = notice;
  const lines = [
    `${reference} numaralı şikâyet ${level}. seviyede eskale oldu.`,
    `Complaint ${reference} has escalated to level ${level}.`,
    '',
    `Çözüm süresi / Due: ${local(notice.dueAt, notice.timeZone)}`,
    `Seviye kuralı / Rule of the level: ${at} (${local(notice.reachedAt, notice.timeZone)})`,
    ...(team === undefined ? [] : [`Takım / Team: ${team}`]),
    ...(link === undefined ? [] : ['', link]),
  ];
  return {
    subject: `[${reference}] Eskalasyon, ${level}. seviye / Escalation, level ${level}`,
    text: `${lines.join('\n')}\n`,
  };
}

/** `2026-03-02 17:00 Europe/Istanbul`: one form that both languages read alike. */
function local(instant: string, timeZone = 'UTC'): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return `${parts.format(new Date(instant))} ${timeZone}`;
}
