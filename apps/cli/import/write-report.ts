import { writeFile } from 'node:fs/promises';
import type { ImportReport, Refusal } from './import-report.js';

const SHOWN = 10;

export async function writeRefused(file: string, refusals: readonly Refusal[]): Promise<void> {
  await writeFile(file, refusals.map((refusal) => `${JSON.stringify(refusal)}\n`).join(''));
}

export function reportText(report: ImportReport, refusals: readonly Refusal[]): string {
  const { lines, cases, accepted, repeated, merged, refused, events, refusedByReason, seconds } = report;
  const reasons = Object.entries(refusedByReason).map(([reason, count]) => `    ${count} ${reason}`);
  const first = refusals.slice(0, SHOWN).map(({ line, externalId, activity, reason, detail }) => {
    const what = [externalId, activity].filter((part) => part !== undefined).join(', ');
    return `    line ${line}${what === '' ? '' : ` (${what})`}: ${reason}: ${detail}`;
  });
  return [
    `${lines} lines of ${cases} cases in ${seconds.toFixed(1)} s (${Math.round(events / seconds)} events per second)`,
    `  ${accepted} accepted, ${repeated} repeated, ${merged} merged, ${refused} refused; ${events} events`,
    ...(refused > 0
      ? ['  refused by reason:', ...reasons, '  the first of them (all with --refused <file>):', ...first]
      : []),
  ].join('\n');
}
