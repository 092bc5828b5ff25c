import type { Data } from '../functions/data.ts';
import { newDataObject } from '../functions/data.ts';
import { asWritten } from './as-written.ts';
import type { Ask, NewValue, OwnPart } from './property-edit.ts';

/** A new value with what only the author knows, and what is the resource's own, filled in. */
export function filledIn(
  value: NewValue,
  answer: (ask: Ask) => Data,
  own: (part: OwnPart) => Data = (part) => asWritten(part),
): Data {
  switch (value.kind) {
    case 'data':
      return value.data;
    case 'ask':
      return answer(value);
    case 'own':
      return own(value.part);
    case 'object': {
      const members = newDataObject();
      for (const [key, member] of value.members) members[key] = filledIn(member, answer, own);
      return members;
    }
    case 'array':
      return value.items.map((item) => filledIn(item, answer, own));
  }
}
