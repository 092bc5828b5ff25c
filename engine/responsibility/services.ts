import { type Layer, layers, type Owner, type ServiceModel } from './layers.ts';

/** A service of Azure and who owns its layers. Plain JSON. */
export interface CompiledService {
  readonly id: string;
  readonly name: string;
  readonly model: ServiceModel;
  /** `serverless` and the like: what people call it beside its model. */
  readonly label?: string;
  /** Customers' data lies in it. */
  readonly holdsData: boolean;
  /** Resource types in lower case; one that ends in `/*` stands for everything below. */
  readonly types: readonly string[];
  /** Layers that the service divides otherwise than its model. */
  readonly overrides: Partial<Readonly<Record<Layer, Override>>>;
}

export interface Override {
  readonly owner: Owner;
  readonly reason: string;
}

/** The service models and services, as the build stores them. Plain JSON. */
export interface CompiledServices {
  readonly models: Readonly<Record<ServiceModel, Readonly<Record<Layer, Owner>>>>;
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

/** Finds responsibilities; each type is looked up once. */
export type ResponsibilityOf = (type: string) => Responsibility;

export function responsibilities({ models, services }: CompiledServices): ResponsibilityOf {
  const exact = new Map<string, CompiledService>();
  const below = new Map<string, CompiledService>();
  for (const service of services) {
    for (const type of service.types) {
      if (type.endsWith('/*')) below.set(type.slice(0, -2), service);
      else exact.set(type, service);
    }
  }
  const known = new Map<string, Responsibility>();
  return (type) => {
    const lower = type.toLowerCase();
    let responsibility = known.get(lower);
    if (responsibility === undefined) {
      responsibility = divide(serviceOf(lower, exact, below), models);
      known.set(lower, responsibility);
    }
    return responsibility;
  };
}

/** The service that lists the type, or else what it lies below; the nearest counts. */
function serviceOf(
  type: string,
  exact: ReadonlyMap<string, CompiledService>,
  below: ReadonlyMap<string, CompiledService>,
): CompiledService | undefined {
  for (let prefix = type; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
    const found = exact.get(prefix) ?? (prefix === type ? undefined : below.get(prefix));
    if (found !== undefined) return found;
  }
  return undefined;
}

function divide(service: CompiledService | undefined, models: CompiledServices['models']): Responsibility {
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
    holdsData: service?.holdsData ?? false,
    owners,
    reasons,
  };
}
