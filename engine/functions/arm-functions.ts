import { armCollectionFunctions } from './arm-collections.ts';
import { armDateFunctions } from './arm-dates.ts';
import { armLogicFunctions } from './arm-logic.ts';
import { armNetworkFunctions } from './arm-networks.ts';
import { armStringFunctions } from './arm-strings.ts';
import type { PureFunction } from './data.ts';

/**
 * The functions of ARM templates and Bicep that depend on nothing but their arguments. Name in lower case → function.
 * Those with lambdas are in arm-lambdas.ts. What is in neither table is unknown at author time.
 */
export const armFunctions: ReadonlyMap<string, PureFunction> = new Map(
  [armStringFunctions, armCollectionFunctions, armLogicFunctions, armDateFunctions, armNetworkFunctions].flatMap(
    (group) => Object.entries(group),
  ),
);
