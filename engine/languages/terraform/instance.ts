import type { Call } from '../../estate/resource.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import type { ProviderVersions } from './provider-versions.ts';

/**
 * One instance of a `resource` block, as the evaluator hands it to the lens. Nothing in it is Azure's yet: names and
 * nesting are the provider's.
 */
export interface TerraformInstance {
  /** True for a `data` block: what it names is there already, and only its arguments are known. */
  readonly existing: boolean;
  /** `azurerm_storage_account` */
  readonly type: string;
  /** The block's second label. */
  readonly name: string;
  /** `module.network.azurerm_subnet.main` or `data.azurerm_subnet.main`, without instance keys. */
  readonly address: string;
  /** `[0]`, `["blue"]`, `[*]` where one symbolic instance stands for all; empty outside loops. */
  readonly instance: string;
  /** True, a choice or unknown. Instances that certainly do not exist are not handed over. */
  readonly exists: Value;
  /**
   * Attributes by name. A nested block type is an array of objects, one for each block in source order; `dynamic` blocks
   * are expanded among them, and leave the array open where their number is not known. The origin of a block's object
   * is the place where a missing attribute of it is reported. The `body` of an azapi type that is written as
   * `jsonencode(x)` is `x` itself: encoding would lose what is unknown and where things are written.
   */
  readonly body: ObjectValue;
  readonly calls: readonly Call[];
  /** From the keyword `resource` to the end of the last label. */
  readonly header: Place;
  /** The whole block. */
  readonly declaration: Place;
  readonly uri: string;
  /** The HCL block; undefined where it cannot be edited: in the JSON syntax, or when an override file changes it. */
  readonly node: unknown;
  /** Of the provider that the type belongs to. */
  readonly provider: ProviderVersions;
}
