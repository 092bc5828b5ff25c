import type { Data } from '../functions/data.ts';
import { newDataObject } from '../functions/data.ts';
import type { Ask, NewValue } from './property-edit.ts';

/** A new value with what only the author knows filled in. */
export function filledIn(value: NewValue, answer: (ask: Ask) => Data): Data {
  switch (value.kind) {
    case 'data':
      return value.data;
    case 'ask':
      return answer(value);
    case 'object': {
      const members = newDataObject();
      for (const [key, member] of value.members) members[key] = filledIn(member, answer);
      return members;
    }
    case 'array':
      return value.items.map((item) => filledIn(item, answer));
  }
}
