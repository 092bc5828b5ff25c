import { type Concern, type Layer, layers, type Owner, type ServiceModel } from './layers.ts';

/** A service of Azure and who owns its layers. Plain JSON. */
export interface CompiledService {
  readonly name: string;
  readonly model: ServiceModel;
  /** `serverless` and the like: what people call it beside its model. */
  readonly label?: string;
  /** Customers' data lies in it, in all types but `withoutData`. */
  readonly holdsData: boolean;
  /** Resource types in lower case; what is below one of them and not listed belongs to it. */
  readonly types: readonly string[];
  /** Those of the types in which no data lies, though it does in the service. */
  readonly withoutData?: readonly string[];
  /** Layers that the service divides otherwise than its model. */
  readonly overrides: Partial<Readonly<Record<Layer, Override>>>;
  /** Where it differs from the layers that a concern is usually about. */
  readonly layers?: ConcernLayers;
}

/** The layers that a rule may name for its concern, the usual one first. */
export type ConcernLayers = Partial<Readonly<Record<Concern, readonly Layer[]>>>;

export interface Override {
  readonly owner: Owner;
  readonly reason: string;
}

/** What code that deploys cannot show of a layer, and what shows it instead. */
export interface OtherEvidence {
  readonly reason: string;
  readonly evidence: readonly string[];
}

export type BeyondCode = Partial<Readonly<Record<Layer, OtherEvidence>>>;

/** The service models and services, as the build stores them. Plain JSON. */
export interface CompiledServices {
  readonly models: Readonly<Record<ServiceModel, Readonly<Record<Layer, Owner>>>>;
  readonly concerns: ConcernLayers;
  readonly beyondCode: BeyondCode;
  readonly services: readonly CompiledService[];
}

/** Who answers for what of a resource type. */
export interface Responsibility {
  /** Undefined for a type that no service lists. */
  readonly service: string | undefined;
  readonly model: ServiceModel;
  readonly label: string | undefined;
  readonly holdsData: boolean;
  readonly owners: Readonly<Record<Layer, Owner>>;
  /** Why a layer is divided otherwise than the model says. */
  readonly reasons: Partial<Readonly<Record<Layer, string>>>;
}

/**
 * Whose job a finding on a layer is. A setting that the author can write is the customer's part of a shared layer, so there
 * the customer answers for it.
 */
export function dutyOf({ owners }: Responsibility, layer: Layer): Owner {
  const owner = owners[layer];
  return owner === 'shared' ? 'customer' : owner;
}

/** Finds responsibilities; each type is looked up once. */
export type ResponsibilityOf = (type: string) => Responsibility;

export function responsibilities(compiled: CompiledServices): ResponsibilityOf {
  const find = serviceFinder(compiled);
  const known = new Map<string, Responsibility>();
  return (type) => {
    const lower = type.toLowerCase();
    let responsibility = known.get(lower);
    if (responsibility === undefined) {
      responsibility = divide(find(lower), compiled.models);
      known.set(lower, responsibility);
    }
    return responsibility;
  };
}

/** The layers that a rule about a concern may name for a resource type. */
export function layersOf(compiled: CompiledServices, type: string, concern: Concern): readonly Layer[] {
  const own = serviceFinder(compiled)(type.toLowerCase())?.service.layers?.[concern];
  return own ?? compiled.concerns[concern] ?? layers;
}

/** A service, and which of its types a type is, or lies below. */
interface Found {
  readonly service: CompiledService;
  readonly type: string;
}

/** Finds the service that lists a type (in lower case), or else what it lies below; the nearest counts. */
function serviceFinder({ services }: CompiledServices): (type: string) => Found | undefined {
  const byType = new Map<string, CompiledService>();
  for (const service of services) for (const type of service.types) byType.set(type, service);
  return (type) => {
    for (let prefix = type; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
      const service = byType.get(prefix);
      if (service !== undefined) return { service, type: prefix };
    }
    return undefined;
  };
}

function divide(found: Found | undefined, models: CompiledServices['models']): Responsibility {
  const service = found?.service;
  // Most of Azure is a platform service.
  const model = service?.model ?? 'PaaS';
  const owners: Record<Layer, Owner> = { ...models[model] };
  const reasons: Partial<Record<Layer, string>> = {};
  for (const layer of layers) {
    const override = service?.overrides[layer];
    if (override === undefined) continue;
    owners[layer] = override.owner;
    reasons[layer] = override.reason;
  }
  return {
    service: service?.name,
    model,
    label: service?.label,
    holdsData: found?.service.holdsData === true && found.service.withoutData?.includes(found.type) !== true,
    owners,
    reasons,
  };
}
