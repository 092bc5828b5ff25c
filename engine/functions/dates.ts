import { FunctionError } from './data.ts';

/** A moment and the offset from UTC that it was written with. */
export interface Timestamp {
  /** Seconds since 1970-01-01T00:00:00Z, whole; negative before. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** The parts of a timestamp on its own clock; months and days count from 1, Sunday is weekday 0. */
export interface CalendarParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)([Tt ])(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * Reads ISO 8601 as .NET and people write it: `T` or a blank before the time, seconds and offset optional (no offset is
 * UTC). `strict` takes only RFC 3339, as Terraform does. Throws FunctionError.
 */
export function parseTimestamp(text: string, strict: boolean): Timestamp {
  const match = pattern.exec(text);
  if (match === null) throw new FunctionError(`'${text}' is not a date and time of ISO 8601.`);
  const [, year = '', month = '', day = '', separator, hour = '', minute = '', second, fraction = '', zone] = match;
  if (strict && (separator !== 'T' || second === undefined || !/^(Z|[+-]\d\d:\d\d)$/.test(zone ?? ''))) {
    throw new FunctionError(`'${text}' is not a timestamp of RFC 3339, like 2030-01-02T03:04:05Z.`);
  }
  const milliseconds = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(milliseconds);
  const valid = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  if (!valid || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) {
    throw new FunctionError(`'${text}' is not a date and time that exists.`);
  }
  const offsetMinutes = parseOffset(zone);
  const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0);
  return {
    seconds: milliseconds / 1000 + clock - offsetMinutes * 60,
    nanoseconds: Number(fraction.padEnd(9, '0')),
    offsetMinutes,
  };
}

function parseOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** The same moment, `seconds` and `nanoseconds` later (both may be negative). */
export function addToTimestamp(time: Timestamp, seconds: number, nanoseconds: number): Timestamp {
  const sum = time.nanoseconds + nanoseconds;
  const carry = Math.floor(sum / 1e9);
  return { ...time, seconds: time.seconds + seconds + carry, nanoseconds: sum - carry * 1e9 };
}

/** Throws FunctionError outside the years 1 to 9999. */
export function calendarParts(time: Timestamp): CalendarParts {
  const date = new Date((time.seconds + time.offsetMinutes * 60) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new FunctionError('The date is outside the years 1 to 9999.');
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** `+02:00`, or `+0200` without the colon. */
export function offsetText(offsetMinutes: number, colon: boolean): string {
  const magnitude = Math.abs(offsetMinutes);
  const hours = padNumber(Math.floor(magnitude / 60), 2);
  return `${offsetMinutes < 0 ? '-' : '+'}${hours}${colon ? ':' : ''}${padNumber(magnitude % 60, 2)}`;
}

/** RFC 3339; fractions of a second without trailing zeros, none when they are zero. */
export function formatRfc3339(time: Timestamp): string {
  const parts = calendarParts(time);
  const date = `${padNumber(parts.year, 4)}-${padNumber(parts.month, 2)}-${padNumber(parts.day, 2)}`;
  const clock = `${padNumber(parts.hour, 2)}:${padNumber(parts.minute, 2)}:${padNumber(parts.second, 2)}`;
  const fraction = time.nanoseconds === 0 ? '' : `.${padNumber(time.nanoseconds, 9).replace(/0+$/, '')}`;
  return `${date}T${clock}${fraction}${time.offsetMinutes === 0 ? 'Z' : offsetText(time.offsetMinutes, true)}`;
}

export function padNumber(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

export const monthNames = [
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

export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
