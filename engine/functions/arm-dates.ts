import { integerArgument, stringArgument } from './arguments.ts';
import { FunctionError, type PureFunction } from './data.ts';
import {
  addToTimestamp,
  calendarParts,
  formatRfc3339,
  monthNames,
  offsetText,
  padNumber,
  parseTimestamp,
  type Timestamp,
  weekdayNames,
} from './dates.ts';

/**
 * Seconds of an ISO 8601 duration such as `P3Y`, `-P9D` or `PT1H30M`. As ARM counts, a year has 365 days and a month 30
 * (documented with `dateTimeAdd`). Throws FunctionError.
 */
export function durationSeconds(text: string): number {
  const match =
    /^(-?)P(?:(\d+)W|(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/.exec(
      text,
    );
  if (match === null || /P$/.test(text))
    throw new FunctionError(`'${text}' is not a duration of ISO 8601, like P1D or PT2H.`);
  const [, sign, weeks = 0, years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  const allDays = Number(weeks) * 7 + Number(years) * 365 + Number(months) * 30 + Number(days);
  const total = ((allDays * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return sign === '-' ? -total : total;
}

export const armDateFunctions: Readonly<Record<string, PureFunction>> = {
  datetimeadd: {
    minimum: 2,
    maximum: 3,
    call: (args) => {
      const base = parseTimestamp(stringArgument(args, 0), false);
      const seconds = durationSeconds(stringArgument(args, 1));
      const whole = Math.floor(seconds);
      const sum = addToTimestamp(base, whole, Math.round((seconds - whole) * 1e9));
      // How Azure writes fractions of a second and other offsets than UTC is not documented.
      if (sum.offsetMinutes !== 0 || sum.nanoseconds !== 0) {
        throw new FunctionError('Only dates in UTC without fractions of a second can be added to.');
      }
      return args.length < 3 ? formatRfc3339(sum) : formatDotNetDate(sum, stringArgument(args, 2));
    },
  },
  datetimefromepoch: {
    minimum: 1,
    maximum: 1,
    call: (args) => formatRfc3339({ seconds: integerArgument(args, 0), nanoseconds: 0, offsetMinutes: 0 }),
  },
  datetimetoepoch: {
    minimum: 1,
    maximum: 1,
    call: (args) => parseTimestamp(stringArgument(args, 0), false).seconds,
  },
};

const standardFormats: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
};

/** .NET's standard and custom date formats in the invariant culture. Throws FunctionError for those not known here. */
export function formatDotNetDate(time: Timestamp, format: string): string {
  const pattern = format.length === 1 ? standardFormats[format] : format;
  if (pattern === undefined) throw new FunctionError(`The date format '${format}' is not supported.`);
  const parts = calendarParts(time);
  let result = '';
  let offset = 0;
  while (offset < pattern.length) {
    const unit = pattern.charAt(offset);
    if (unit === "'" || unit === '"') {
      const close = pattern.indexOf(unit, offset + 1);
      if (close < 0) throw new FunctionError(`The date format '${format}' has a quote without a counterpart.`);
      result += pattern.slice(offset + 1, close);
      offset = close + 1;
      continue;
    }
    if (unit === '\\') {
      result += pattern.charAt(offset + 1);
      offset += 2;
      continue;
    }
    let end = offset + 1;
    while (end < pattern.length && pattern.charAt(end) === unit) end++;
    result += formatRun(unit, end - offset, parts, time, format);
    offset = end;
  }
  return result;
}

function formatRun(
  unit: string,
  count: number,
  parts: ReturnType<typeof calendarParts>,
  time: Timestamp,
  format: string,
): string {
  const twoDigits = (value: number) => (count === 1 ? String(value) : padNumber(value, 2));
  switch (unit) {
    case 'y':
      if (count <= 2) return padNumber(parts.year % 100, count);
      return padNumber(parts.year, count);
    case 'M':
      if (count === 3) return (monthNames[parts.month - 1] ?? '').slice(0, 3);
      return count > 3 ? (monthNames[parts.month - 1] ?? '') : twoDigits(parts.month);
    case 'd':
      if (count === 3) return (weekdayNames[parts.weekday] ?? '').slice(0, 3);
      return count > 3 ? (weekdayNames[parts.weekday] ?? '') : twoDigits(parts.day);
    case 'H':
      return twoDigits(parts.hour);
    case 'h':
      return twoDigits(parts.hour % 12 === 0 ? 12 : parts.hour % 12);
    case 'm':
      return twoDigits(parts.minute);
    case 's':
      return twoDigits(parts.second);
    case 'f':
      if (count > 7) break;
      return padNumber(time.nanoseconds, 9).slice(0, count);
    case 't':
      return (parts.hour < 12 ? 'AM' : 'PM').slice(0, count);
    case 'K':
      return time.offsetMinutes === 0 ? 'Z' : offsetText(time.offsetMinutes, true);
    case 'z': {
      const text = offsetText(time.offsetMinutes, true);
      if (count >= 3) return text;
      return count === 2 ? text.slice(0, 3) : text.slice(0, 3).replace(/^([+-])0/, '$1');
    }
    default:
      if (!/[A-Za-z%]/.test(unit)) return unit.repeat(count);
      // `T` and `Z` have no meaning of their own in .NET and stand for themselves.
      if (unit === 'T' || unit === 'Z') return unit.repeat(count);
      break;
  }
  throw new FunctionError(`The date format '${format}' is not supported.`);
}
