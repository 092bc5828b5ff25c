/** The rows of the shared responsibility matrix (Microsoft Learn, "Shared responsibility in the cloud"), top to bottom. */
export const layers = [
  'information-and-data',
  'devices',
  'accounts-and-identities',
  'identity-infrastructure',
  'applications',
  'network-controls',
  'operating-system',
  'hosts',
  'physical-network',
  'datacentre',
] as const;

export type Layer = (typeof layers)[number];

/** Who answers for a layer. */
export const owners = ['customer', 'shared', 'microsoft'] as const;

export type Owner = (typeof owners)[number];

/** What a rule is about. */
export const concerns = [
  'exposure',
  'encryption',
  'access',
  'secrets',
  'hardening',
  'patching',
  'logging',
  'backup',
  'classification',
  'resilience',
  'hygiene',
] as const;

export type Concern = (typeof concerns)[number];

export const serviceModels = ['IaaS', 'PaaS', 'SaaS'] as const;

export type ServiceModel = (typeof serviceModels)[number];
