import {
  type DocumentProblem,
  itemsIn,
  member,
  membersOf,
  type Part,
  partOf,
  readBoolean,
  readOneOf,
  readText,
  readTexts,
  report,
  required,
  requireKeys,
} from '../check/document.ts';
import type { Data } from '../functions/data.ts';
import {
  type Concern,
  concerns,
  type Layer,
  layers,
  type Owner,
  owners,
  type ServiceModel,
  serviceModels,
} from './layers.ts';
import type {
  BeyondCode,
  CompiledService,
  CompiledServices,
  ConcernLayers,
  OtherEvidence,
  Override,
} from './services.ts';

export interface CompiledServicesDocument {
  readonly services: CompiledServices;
  readonly problems: readonly DocumentProblem[];
}

/** Compiles the document of service models and services. Never throws. */
export function compileServices(data: Data): CompiledServicesDocument {
  const problems: DocumentProblem[] = [];
  const part = partOf(data, problems);
  requireKeys(part, ['models', 'concerns', 'beyond-code', 'services'], 'The document');
  const models = { IaaS: allMicrosoft(), PaaS: allMicrosoft(), SaaS: allMicrosoft() };
  const written = required(part, 'models', 'The document', (each) => each);
  if (written !== undefined) readModels(written, models);
  const general = required(part, 'concerns', 'The document', readConcernLayers) ?? {};
  const beyond = member(part, 'beyond-code');
  const beyondCode = beyond === undefined ? {} : readBeyondCode(beyond);
  const services: CompiledService[] = [];
  const listed = required(part, 'services', 'The document', (each) => each);
  const seen = new Map<string, string>();
  for (const [name, each] of listed === undefined ? [] : membersOf(listed, 'Services')) {
    const service = readService(name, each);
    if (service === undefined) continue;
    for (const type of service.types) {
      const other = seen.get(type);
      if (other !== undefined) report(each, `'${type}' is listed by '${other}' as well.`);
      seen.set(type, name);
    }
    services.push(service);
  }
  return { services: { models, concerns: general, beyondCode, services }, problems };
}

function allMicrosoft(): Record<Layer, Owner> {
  return Object.fromEntries(layers.map((layer) => [layer, 'microsoft'])) as Record<Layer, Owner>;
}

function readModels(part: Part, models: Record<ServiceModel, Record<Layer, Owner>>): void {
  requireKeys(part, serviceModels, 'Models');
  for (const model of serviceModels) {
    const written = required(part, model, 'Models', (each) => each);
    if (written === undefined) continue;
    requireKeys(written, layers, 'A model');
    for (const layer of layers) {
      const owner = readOneOf(member(written, layer), owners, 'The owner');
      if (owner !== undefined) models[model][layer] = owner;
    }
  }
}

function readConcernLayers(part: Part): ConcernLayers {
  requireKeys(part, concerns, 'The layers of concerns');
  const read: Partial<Record<Concern, readonly Layer[]>> = {};
  for (const concern of concerns) {
    const written = member(part, concern);
    if (written === undefined) continue;
    read[concern] = itemsIn(written, 'Layers').flatMap((item): readonly Layer[] => {
      const layer = readOneOf(item, layers, 'A layer');
      return layer === undefined ? [] : [layer];
    });
  }
  return read;
}

function readBeyondCode(part: Part): BeyondCode {
  requireKeys(part, layers, 'What is beyond code');
  const read: Partial<Record<Layer, OtherEvidence>> = {};
  for (const layer of layers) {
    const written = member(part, layer);
    if (written === undefined) continue;
    requireKeys(written, ['reason', 'evidence'], 'What is beyond code');
    const reason = required(written, 'reason', 'What is beyond code', (each) => readText(each, 'The reason'));
    const evidence = required(written, 'evidence', 'What is beyond code', (each) => readTexts(each, `'evidence'`));
    if (reason !== undefined && evidence !== undefined) read[layer] = { reason, evidence };
  }
  return read;
}

function readService(name: string, part: Part): CompiledService | undefined {
  requireKeys(part, ['model', 'label', 'holdsData', 'types', 'withoutData', 'overrides', 'layers'], 'A service');
  const model = required(part, 'model', 'A service', (each) => readOneOf(each, serviceModels, 'The model'));
  const label = readText(member(part, 'label'), `'label'`);
  const types = required(part, 'types', 'A service', (each) => readTexts(each, `'types'`));
  const own = member(part, 'layers');
  if (model === undefined || types === undefined) return undefined;
  const listed = types.map((type) => type.toLowerCase());
  const without = member(part, 'withoutData');
  const withoutData = readTexts(without, `'withoutData'`).map((type) => type.toLowerCase());
  for (const type of withoutData) {
    if (without !== undefined && !listed.includes(type))
      report(without, `'${type}' is none of the types of the service.`);
  }
  return {
    name,
    model,
    ...(label === undefined ? {} : { label }),
    holdsData: readBoolean(member(part, 'holdsData'), `'holdsData'`) ?? false,
    types: listed,
    ...(withoutData.length === 0 ? {} : { withoutData }),
    overrides: readOverrides(member(part, 'overrides')),
    ...(own === undefined ? {} : { layers: readConcernLayers(own) }),
  };
}

function readOverrides(part: Part | undefined): Partial<Record<Layer, Override>> {
  const overrides: Partial<Record<Layer, Override>> = {};
  if (part === undefined) return overrides;
  requireKeys(part, layers, 'Overrides');
  for (const layer of layers) {
    const written = member(part, layer);
    if (written === undefined) continue;
    requireKeys(written, ['owner', 'reason'], 'An override');
    const owner = required(written, 'owner', 'An override', (each) => readOneOf(each, owners, 'The owner'));
    const reason = required(written, 'reason', 'An override', (each) => readText(each, 'The reason'));
    if (owner !== undefined && reason !== undefined) overrides[layer] = { owner, reason };
  }
  return overrides;
}
