import { conditional, distribute } from '../../estate/condition.ts';
import { absent, type Member, object, scalar, unknown } from '../../estate/make.ts';
import { concatenate, isNothing } from '../../estate/operations.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';

/** What another block writes into a resource. */
export interface Overlay {
  readonly body: Value;
  /** Whether the resource is the one that is meant: decided for each alternative of this value. */
  readonly target: Value;
  readonly isTarget: (target: Value) => boolean | undefined;
  readonly exists: Value;
  /** True when it changes what the resource itself writes (an update); false when it fills in what that leaves out (a split). */
  readonly overrides: boolean;
  /** `azurerm_storage_account_network_rules.main` */
  readonly address: string;
}

/**
 * The body with what others write into it, member by member as it is asked for. Where it is not certain that an overlay is
 * meant for this resource, what it would write is unknown.
 */
export function overlaid(base: Value, overlays: readonly Overlay[]): Value {
  return overlays.reduce((value, overlay) => overlaidBy(value, overlay.body, overlay), base);
}

function overlaidBy(base: Value, over: Value, overlay: Overlay): Value {
  if (over.kind === 'object' && (base.kind === 'object' || isNothing(base))) return mergedObject(base, over, overlay);
  return written(base, over, overlay);
}

function mergedObject(base: Value, over: ObjectValue, overlay: Overlay): Value {
  const below = base.kind === 'object' ? base : undefined;
  if (below === undefined && over.keys().every((key) => isNothing(over.get(key)))) return base;
  const members = new Map<string, Member>();
  const lowerCase = new Set<string>();
  if (below !== undefined) {
    for (const key of below.keys()) {
      lowerCase.add(key.toLowerCase());
      const merge = (): Value => overlaidBy(below.get(key), over.get(key), overlay);
      members.set(key, hasKey(over, key) ? merge : () => below.get(key));
    }
  }
  for (const key of over.keys()) {
    if (lowerCase.has(key.toLowerCase())) continue;
    const beneath = (): Value => (below === undefined ? absent(base.origin) : below.get(key));
    members.set(key, () => overlaidBy(beneath(), over.get(key), overlay));
  }
  return object(members, below?.origin ?? over.origin, below === undefined ? over.open : below.open);
}

function hasKey(over: ObjectValue, key: string): boolean {
  const lower = key.toLowerCase();
  return over.keys().some((each) => each.toLowerCase() === lower);
}

/** One property: the overlay's value where it counts, the resource's own otherwise. */
function written(base: Value, over: Value, overlay: Overlay): Value {
  if (isNothing(over)) return base;
  return distribute([overlay.target], over.origin, ([target]) => {
    const meant = target === undefined ? undefined : overlay.isTarget(target);
    if (meant === false) return base;
    const combined = combine(base, over, overlay);
    if (meant === true) {
      return conditional(
        overlay.exists,
        () => combined,
        () => base,
        over.origin,
        overlay.address,
        `${overlay.address} exists`,
      );
    }
    if (combined === base) return base;
    return unknown('data', `${overlay.address} may set it: what that refers to is not known`, over.origin);
  });
}

function combine(base: Value, over: Value, overlay: Overlay): Value {
  if (overlay.overrides) return over;
  // A list grows by what is put into it from outside, e.g. access policies; a value that nobody wrote makes way.
  if (base.kind === 'array' && over.kind === 'array') return concatenate([base, over], base.origin);
  return isNothing(base) || base.origin.kind === 'default' || isLensUnknown(base) ? over : base;
}

function isLensUnknown(value: Value): boolean {
  return value.kind === 'unknown' && value.reason === 'lens';
}

/** Two bodies as one, member by member; what the second one writes wins. */
export function deepMerged(base: Value, over: Value): Value {
  const certain = scalar(true, over.origin);
  return overlaidBy(base, over, {
    body: over,
    target: certain,
    isTarget: () => true,
    exists: certain,
    overrides: true,
    address: '',
  });
}
