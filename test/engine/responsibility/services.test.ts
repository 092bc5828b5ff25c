import { describe, expect, it } from 'vitest';
import { compileServices } from '../../../engine/responsibility/compile-services.ts';
import { layers } from '../../../engine/responsibility/layers.ts';
import { dutyOf, layersOf, responsibilities } from '../../../engine/responsibility/services.ts';

const document = {
  models: {
    IaaS: { 'operating-system': 'customer', 'network-controls': 'customer' },
    PaaS: { 'network-controls': 'shared' },
    SaaS: {},
  },
  concerns: { hardening: ['applications'], patching: ['operating-system'] },
  'beyond-code': { devices: { reason: 'Not in code.', evidence: ['Intune'] } },
  services: {
    Machines: {
      model: 'IaaS',
      holdsData: true,
      types: ['Microsoft.Compute/virtualMachines', 'Microsoft.Compute/virtualMachines/extensions'],
      withoutData: ['Microsoft.Compute/virtualMachines/extensions'],
      layers: { hardening: ['operating-system'] },
    },
    Kubernetes: {
      model: 'PaaS',
      label: 'serverless',
      holdsData: false,
      types: ['Microsoft.ContainerService/managedClusters'],
      overrides: { 'operating-system': { owner: 'shared', reason: 'Images.' } },
    },
  },
};

describe('responsibilities', () => {
  const { services, problems } = compileServices(document);
  const of = responsibilities(services);

  it('come from the model of the service', () => {
    expect(problems).toEqual([]);
    expect(of('microsoft.compute/VIRTUALMACHINES')).toMatchObject({
      service: 'Machines',
      model: 'IaaS',
      holdsData: true,
    });
    expect(of('Microsoft.Compute/virtualMachines').owners['operating-system']).toBe('customer');
    expect(of('Microsoft.Compute/virtualMachines').owners.datacentre).toBe('microsoft');
    expect(Object.keys(of('Microsoft.Compute/virtualMachines').owners)).toEqual([...layers]);
  });

  it('of a child are those of what it is below', () => {
    expect(of('Microsoft.Compute/virtualMachines/extensions').service).toBe('Machines');
    expect(of('Microsoft.Compute/virtualMachinesOther').service).toBeUndefined();
  });

  it('tell where no data lies though it does in the service', () => {
    expect(of('Microsoft.Compute/virtualMachines/runCommands').holdsData).toBe(true);
    expect(of('Microsoft.Compute/virtualMachines/extensions').holdsData).toBe(false);
    expect(of('Microsoft.Compute/virtualMachines/extensions/parts').holdsData).toBe(false);
    expect(of('Microsoft.ContainerService/managedClusters').holdsData).toBe(false);
  });

  it('say what shows what code cannot', () => {
    expect(services.beyondCode).toEqual({ devices: { reason: 'Not in code.', evidence: ['Intune'] } });
  });

  it('may be divided otherwise, with the reason', () => {
    const clusters = of('Microsoft.ContainerService/managedClusters');
    expect(clusters.owners['operating-system']).toBe('shared');
    expect(clusters.reasons['operating-system']).toBe('Images.');
    expect(clusters.label).toBe('serverless');
    expect(dutyOf(clusters, 'operating-system')).toBe('customer');
    expect(dutyOf(clusters, 'hosts')).toBe('microsoft');
  });

  it('of an unlisted type are those of a platform service', () => {
    expect(of('Microsoft.New/things')).toMatchObject({ service: undefined, model: 'PaaS' });
  });

  it('tell which layers a concern is about', () => {
    expect(layersOf(services, 'Microsoft.Compute/virtualMachines', 'hardening')).toEqual(['operating-system']);
    expect(layersOf(services, 'Microsoft.Compute/virtualMachines', 'patching')).toEqual(['operating-system']);
    expect(layersOf(services, 'Microsoft.New/things', 'hardening')).toEqual(['applications']);
  });

  it('are refused with what is misspelt or listed twice', () => {
    const wrong = compileServices({
      ...document,
      services: {
        ...document.services,
        Less: { model: 'PaaS', holdsData: true, types: ['Microsoft.A/b'], withoutData: ['Microsoft.A/c'] },
        More: { model: 'Paas', types: [] },
        Again: { model: 'PaaS', holdsData: false, types: ['Microsoft.Compute/virtualMachines'] },
      },
    });
    expect(wrong.problems.map(({ path, message }) => `${path.join('/')}: ${message}`)).toEqual([
      `services/Less/withoutData: 'microsoft.a/c' is none of the types of the service.`,
      `services/More/model: The model cannot be 'Paas'; it is one of IaaS, PaaS, SaaS. Did you mean 'PaaS'?`,
      `services/Again: 'microsoft.compute/virtualmachines' is listed by 'Machines' as well.`,
    ]);
  });
});
