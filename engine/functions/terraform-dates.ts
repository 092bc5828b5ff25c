import { fixed } from './arguments.ts';
import { FunctionError, type PureFunction } from './data.ts';
import {
  addToTimestamp,
  type CalendarParts,
  calendarParts,
  formatRfc3339,
  monthNames,
  offsetText,
  padNumber,
  parseTimestamp,
  type Timestamp,
  weekdayNames,
} from './dates.ts';
import { textArgument } from './terraform-values.ts';

/** Terraform's functions over timestamps of RFC 3339. */
export const terraformDateFunctions: Readonly<Record<string, PureFunction>> = {
  timeadd: fixed(2, (args) => {
    const time = parseTimestamp(textArgument(args, 0), true);
    const nanoseconds = durationNanoseconds(textArgument(args, 1));
    const sum = addToTimestamp(time, Math.trunc(nanoseconds / 1e9), nanoseconds % 1e9);
    // Terraform's result has whole seconds.
    return formatRfc3339({ ...sum, nanoseconds: 0 });
  }),
  timecmp: fixed(2, (args) => {
    const first = parseTimestamp(textArgument(args, 0), true);
    const second = parseTimestamp(textArgument(args, 1), true);
    return Math.sign(first.seconds - second.seconds || first.nanoseconds - second.nanoseconds);
  }),
  formatdate: fixed(2, (args) => formatDate(textArgument(args, 0), parseTimestamp(textArgument(args, 1), true))),
};

const unitNanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** A duration of Go, like `1h30m` or `-1.5s`. */
function durationNanoseconds(text: string): number {
  const parts = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (text === '0' || text === '-0' || text === '+0') return 0;
  if (parts === null) throw new FunctionError(`'${text}' is not a duration, like 1h30m.`);
  let total = 0;
  for (const [, amount = '', unit = ''] of (parts[2] ?? '').matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    total += Number(amount) * (unitNanoseconds[unit] ?? 0);
  }
  return Math.round(parts[1] === '-' ? -total : total);
}

function formatDate(format: string, time: Timestamp): string {
  const parts = calendarParts(time);
  let result = '';
  let offset = 0;
  while (offset < format.length) {
    const unit = format.charAt(offset);
    if (unit === "'") {
      const quoted = /^'((?:[^']|'')*)'/.exec(format.slice(offset));
      if (quoted === null) throw new FunctionError('A quoted part of the date format is not closed.');
      result += (quoted[1] ?? '').replaceAll("''", "'");
      offset += quoted[0].length;
      continue;
    }
    let end = offset + 1;
    while (end < format.length && format.charAt(end) === unit) end++;
    const run = format.slice(offset, end);
    result += /[A-Za-z]/.test(unit) ? formatLetters(run, parts, time) : run;
    offset = end;
  }
  return result;
}

function formatLetters(run: string, parts: CalendarParts, time: Timestamp): string {
  const half = parts.hour % 12 === 0 ? 12 : parts.hour % 12;
  switch (run) {
    case 'YYYY':
      return padNumber(parts.year, 4);
    case 'YY':
      return padNumber(parts.year % 100, 2);
    case 'MMMM':
      return monthNames[parts.month - 1] ?? '';
    case 'MMM':
      return (monthNames[parts.month - 1] ?? '').slice(0, 3);
    case 'MM':
      return padNumber(parts.month, 2);
    case 'M':
      return String(parts.month);
    case 'DD':
      return padNumber(parts.day, 2);
    case 'D':
      return String(parts.day);
    case 'EEEE':
      return weekdayNames[parts.weekday] ?? '';
    case 'EEE':
      return (weekdayNames[parts.weekday] ?? '').slice(0, 3);
    case 'hh':
      return padNumber(parts.hour, 2);
    case 'h':
      return String(parts.hour);
    case 'HH':
      return padNumber(half, 2);
    case 'H':
      return String(half);
    case 'AA':
      return parts.hour < 12 ? 'AM' : 'PM';
    case 'aa':
      return parts.hour < 12 ? 'am' : 'pm';
    case 'mm':
      return padNumber(parts.minute, 2);
    case 'm':
      return String(parts.minute);
    case 'ss':
      return padNumber(parts.second, 2);
    case 's':
      return String(parts.second);
    case 'ZZZZZ':
      return offsetText(time.offsetMinutes, true);
    case 'ZZZZ':
      return offsetText(time.offsetMinutes, false);
    case 'ZZZ':
      return time.offsetMinutes === 0 ? 'UTC' : offsetText(time.offsetMinutes, false);
    case 'Z':
      return time.offsetMinutes === 0 ? 'Z' : offsetText(time.offsetMinutes, true);
    default:
      throw new FunctionError(`'${run}' has no meaning in a date format; literal text goes between single quotes.`);
  }
}
