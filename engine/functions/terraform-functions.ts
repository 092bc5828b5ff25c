import type { PureFunction } from './data.ts';
import { terraformCollectionFunctions } from './terraform-collections.ts';
import { terraformDateFunctions } from './terraform-dates.ts';
import { terraformEncodingFunctions } from './terraform-encoding.ts';
import { terraformNetworkFunctions } from './terraform-networks.ts';
import { terraformNumberFunctions } from './terraform-numbers.ts';
import { terraformTextFunctions } from './terraform-text.ts';

/**
 * Terraform's functions that depend on nothing but their arguments, by name, as Terraform 1.11 has them. Not among them:
 * those that read files, the clock or chance (unknown at author time), `can` and `try` (which look at expressions, not
 * at values), `issensitive` (marks are not data), and `templatestring` (which needs the parser of templates).
 */
export const terraformFunctions: ReadonlyMap<string, PureFunction> = new Map(
  [
    terraformTextFunctions,
    terraformCollectionFunctions,
    terraformNumberFunctions,
    terraformEncodingFunctions,
    terraformDateFunctions,
    terraformNetworkFunctions,
  ].flatMap((group) => Object.entries(group)),
);
