import type { PropertyPath } from '../../estate/path.ts';
import type { Data, DataObject } from '../../functions/data.ts';

/*
 * A lens table as `compileLens` leaves it: plain data that survives JSON, so that the build can write it out. A row says
 * which attribute of a provider's resource is which property of an Azure resource, in both directions.
 */

export interface CompiledLens {
  /** By Terraform type, e.g. `azurerm_storage_account`. */
  readonly types: { readonly [terraformType: string]: TypeLens };
}

/** What one Terraform type is in Azure. Either `type` or `into` is there. */
export interface TypeLens extends Rows {
  readonly terraformType: string;
  /** The Azure type of the resource that it creates; undefined where it only configures another one. */
  readonly type: string | undefined;
  readonly into: Into | undefined;
  /** The API version that a provider major speaks, where that is known. */
  readonly apiVersion: { readonly [major: string]: string };
  readonly name: NameSource;
  /** Places where the id or name of the parent may be written; the first one that is written counts. Empty for top-level types. */
  readonly parents: readonly ParentSource[];
  /** The attribute with the id of what an extension resource is put on. */
  readonly scope: readonly string[];
}

/** Rows that read one body: that of a resource, or of one block of a list. */
export interface Rows {
  readonly attributes: readonly AttributeRow[];
  readonly lists: readonly ListRow[];
  readonly derived: readonly DerivedRow[];
  readonly children: readonly ChildRow[];
  readonly constants: readonly Constant[];
  /** Arguments that the provider wants and that are nothing in Azure, for a block that is newly written. */
  readonly also?: DataObject;
}

/** An attribute of the body, or a value that is always the same. */
export type NameSource =
  | { readonly kind: 'attribute'; readonly attribute: string }
  | { readonly kind: 'constant'; readonly value: string };

export interface ParentSource {
  readonly attribute: string;
  /** The type whose id or name stands there. */
  readonly type: string;
  /** True when the attribute holds the parent's name and not its id. */
  readonly byName: boolean;
  /** Names of the segments between that type and this one, e.g. `default` for the blob service of a storage account. */
  readonly between: readonly string[];
}

/** The resource that a split resource or an association configures. */
export interface Into {
  readonly type: string;
  readonly by: string;
  /** True when the attribute holds the target's name and not its id. */
  readonly byName: boolean;
  /** True for associations: without a target in the estate they say nothing. */
  readonly association: boolean;
}

export interface AttributeRow {
  /** Names of the blocks that lead to the attribute, outermost first, then its own. */
  readonly attribute: readonly string[];
  /** Older names of the attribute (in the same blocks), each with the provider versions that have it. */
  readonly was: readonly { readonly name: string; readonly range: string }[];
  /** Where the value goes: keys, and at most one `[]`, for lists of which each item goes into an object of its own. */
  readonly to: readonly PropertyPath[];
  readonly transform: Transform;
  /** What the provider sends when the attribute is not written but the blocks around it are. Ranges do not overlap. */
  readonly default: readonly { readonly range: string; readonly value: Data }[];
  /** Provider versions that have the attribute, under its present name or an older one; empty: all of them. */
  readonly versions: string;
  readonly readOnly: boolean;
}

/** What happens to a value on its way from the provider to Azure. All but `none` have an inverse. */
export type Transform =
  | { readonly kind: 'same' }
  /** A boolean that means the opposite. */
  | { readonly kind: 'not' }
  /** Pairs of provider value and Azure value, one to one. */
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [terraform: Data, azure: Data])[] }
  /** A text of JSON that Azure takes as what it says. Without a way back. */
  | { readonly kind: 'json' }
  /** A list that Azure takes as one text. */
  | { readonly kind: 'join'; readonly separator: string }
  /** A list of ids that Azure takes as the keys of an object of empty objects. */
  | { readonly kind: 'keys' }
  /** A map that Azure takes as a list of objects with a member for the key and one for the value. */
  | { readonly kind: 'entries'; readonly key: string; readonly value: string }
  /** One value that Azure takes as a list of one. */
  | { readonly kind: 'single' }
  /** A name, or a GUID, that Azure takes as the id of something of a type. `pairs`: from names to the last segment of the id. */
  | { readonly kind: 'id'; readonly type: string; readonly pairs: readonly (readonly [string, string])[] };

/** A block list that is an array in Azure, an object for each block. No block at all: the body itself is the only item. */
export interface ListRow {
  readonly block: readonly string[];
  readonly to: PropertyPath;
  readonly rows: Rows;
}

/** A block, or an attribute, that is a child resource in Azure. */
export interface ChildRow {
  readonly block: readonly string[];
  readonly type: string;
  readonly name: NameSource;
  /** True for what is a plain attribute: its rows read it under the name `value`. */
  readonly scalar: boolean;
  readonly rows: Rows;
}

/** A value that follows from others. The first row of a path whose conditions all hold counts. */
export interface DerivedRow {
  readonly to: PropertyPath;
  readonly value: DerivedValue;
  /** No conditions: always. */
  readonly when: readonly DerivedCondition[];
}

/** What is always the same, or a text made of attributes, such as a name made of tier and replication. */
export type DerivedValue =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'text'; readonly parts: readonly (string | AttributeRow)[] };

export interface DerivedCondition {
  /** How the attribute or block is read: its own row where it has one. */
  readonly read: AttributeRow;
  /** The value that the attribute must have; undefined: it is only a matter of whether it is written. */
  readonly equals: Data | undefined;
  /** With `equals` undefined: whether the attribute or block must be written or must not. */
  readonly written: boolean;
}

export interface Constant {
  readonly to: PropertyPath;
  readonly value: Data;
}

/** Rows that read nothing. */
export const noRows: Rows = { attributes: [], lists: [], derived: [], children: [], constants: [] };
