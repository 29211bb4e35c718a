import { failAt } from '../errors.js';
import { partsOf } from './date-parts.js';

export const isoDate = (ms: number): string => new Date(ms).toISOString();

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As `$dateToString` writes a date. */
export function formatDate(format: string, ms: number, offset: number): string {
  const p = partsOf(ms + offset);
  return format.replace(/%(.?)/gs, (_, letter: string) => {
    switch (letter) {
      case 'Y':
        return pad(p.year, 4);
      case 'm':
        return pad(p.month, 2);
      case 'd':
        return pad(p.day, 2);
      case 'H':
        return pad(p.hour, 2);
      case 'M':
        return pad(p.minute, 2);
      case 'S':
        return pad(p.second, 2);
      case 'L':
        return pad(p.millisecond, 3);
      case 'j':
        return pad(p.dayOfYear, 3);
      case 'w':
        return String(p.dayOfWeek);
      case 'u':
        return String(p.isoDayOfWeek);
      case 'U':
        return pad(p.week, 2);
      case 'V':
        return pad(p.isoWeek, 2);
      case 'G':
        return pad(p.isoWeekYear, 4);
      case 'b':
        return (months[p.month - 1] ?? '').slice(0, 3);
      case 'B':
        return months[p.month - 1] ?? '';
      case 'z':
        return zoneText(offset);
      case 'Z':
        return String(offset / 60_000);
      case '%':
        return '%';
      default:
        throw failAt(18536, `Invalid format character '%${letter}' in format string`);
    }
  });
}

function zoneText(offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

interface Parsed {
  readonly wall: number;
  readonly zone: string | undefined;
}

const isoText =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?$/;

/** ISO 8601, or the format given. undefined for a text that is no date. */
export function parseDate(text: string, format: string | undefined): Parsed | undefined {
  if (format !== undefined) return parseFormatted(text, format);
  const match = isoText.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number((part as string | undefined) ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? '0').padEnd(3, '0').slice(0, 3));
  const wall = wallTime(year, month, day, hour, minute, second, millisecond);
  return wall === undefined ? undefined : { wall, zone: match[8] };
}

function wallTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
) {
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime();
}

const patterns: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  z: '(?<z>Z|[+-]\\d{2}:?(?:\\d{2})?)',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<b>[A-Za-z]{3,9})',
};

function parseFormatted(text: string, format: string): Parsed | undefined {
  const pattern = format.replace(/%(.)|[\\^$.*+?()[\]{}|]/gs, (found, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`;
    if (letter === '%') return '%';
    const part = patterns[letter];
    if (!part) throw failAt(18536, `Invalid format character '%${letter}' in format string`);
    return part;
  });
  let groups: Partial<Record<string, string>> | undefined;
  try {
    groups = new RegExp(`^${pattern}$`).exec(text)?.groups;
  } catch {
    throw failAt(18536, `Format '${format}' names a part twice`);
  }
  if (!groups) return undefined;
  const { b, Y, m, d, H, M, S, L, z } = groups;
  const named =
    b === undefined
      ? -1
      : months.findIndex((name) => name.slice(0, 3).toLowerCase() === b.slice(0, 3).toLowerCase());
  const month = b === undefined ? Number(m ?? 1) : named + 1;
  const wall = wallTime(
    Number(Y ?? 1970),
    month,
    Number(d ?? 1),
    Number(H ?? 0),
    Number(M ?? 0),
    Number(S ?? 0),
    Number(L ?? 0),
  );
  return wall === undefined ? undefined : { wall, zone: z };
}
