import type { Place } from '../text/span.ts';
import type { Value } from './value.ts';

export type Language = 'bicep' | 'arm' | 'terraform';

/** What a deployment is aimed at. */
export type DeploymentScope = 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';

/** A module, nested-deployment or linked-template call that leads to a resource. */
export interface Call extends Place {
  /** The symbolic name of the call, e.g. `storage` of `module storage './storage.bicep'`. */
  readonly name: string;
  /** `[0]`, `["blue"]`, or `[*]` where one symbolic instance stands for all; empty outside loops. */
  readonly instance: string;
}

/**
 * A property that a resource of the estate has in its own language: which syntax writes it.
 * Each language has its own kind of handle, read only by that language's edits.
 */
export interface SourceHandle {
  readonly language: Language;
  readonly uri: string;
  /** The language's own node of the declaration. */
  readonly node: unknown;
}

/** One Azure resource that a root would deploy, or that it refers to (`existing`). */
export interface Resource {
  readonly language: Language;
  /** Symbolic name in Bicep, `type/name` in ARM, `azurerm_x.name` in Terraform, the module path in front. */
  readonly address: string;
  /** The Azure type, e.g. `Microsoft.Storage/storageAccounts`; always the full type of a child. */
  readonly type: string;
  /** `2023-05-01` or `2023-05-01-preview`; undefined where the language does not say and nothing tells. */
  readonly apiVersion: string | undefined;
  /** Where the author writes the API version, and nothing else; left out where it is computed or the provider's. */
  readonly apiVersionPlace?: Place | undefined;
  /** One name per type segment after the namespace, as far as known: `[server, database]`. */
  readonly names: readonly Value[];
  /** True, a choice, or unknown; resources that are certainly not deployed are not in the estate. */
  readonly exists: Value;
  /** Referred to and not deployed: known by name only, its body is open. */
  readonly existing: boolean;
  /**
   * Only a part of it is written here: a Terraform block that configures a resource which the estate does not have (storage
   * network rules, an azapi update). What it does not write is unknown, its children and what refers to it included.
   */
  readonly partial?: boolean;
  /** An object: `properties`, `sku`, `kind`, `tags`, `location`, `identity`, … as the Azure API has them. */
  readonly body: Value;
  /** The resource that this one is a child of, where it is in the estate. */
  readonly parent: Resource | undefined;
  /** The resource or scope that an extension resource (role assignment, diagnostic setting, lock) is put on. */
  readonly scope: Value | undefined;
  /** The type text (Bicep, ARM) or the block header (Terraform): where a missing property is reported. */
  readonly header: Place;
  /** The whole declaration. */
  readonly declaration: Place;
  /** `[0]`, `["blue"]`, `[*]`; empty outside loops. */
  readonly instance: string;
  /** Calls that lead here, the outermost first; empty in the root itself. */
  readonly calls: readonly Call[];
  readonly source: SourceHandle;
}

/** The last type segment's name. */
export function nameOf(resource: Resource): Value | undefined {
  return resource.names[resource.names.length - 1];
}
