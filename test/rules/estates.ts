import { holding } from '../../engine/analysis/judge-example.ts';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import { defaultBudget, type ResolveContext } from '../../engine/estate/context.ts';
import type { Estate } from '../../engine/estate/estate.ts';
import { ArmFiles } from '../../engine/languages/arm/files.ts';
import { resolveTemplate } from '../../engine/languages/arm/resolve.ts';
import { BicepFiles } from '../../engine/languages/bicep/files.ts';
import { resolveBicep } from '../../engine/languages/bicep/resolve.ts';
import { TerraformFiles } from '../../engine/languages/terraform/files.ts';
import { resolveTerraform } from '../../engine/languages/terraform/resolve.ts';
import { compiled } from './judge.ts';

const folder = 'file:///example/';

/** The estate of a text that is a root by itself. */
export function estateOf(language: ExampleLanguage, text: string): Estate {
  const parameterFiles: readonly string[] = [];
  switch (language) {
    case 'bicep': {
      const uri = `${folder}main.bicep`;
      return resolveBicep({ language, uri, parameterFiles }, contextOf(uri, text), new BicepFiles());
    }
    case 'arm': {
      const uri = `${folder}azuredeploy.json`;
      return resolveTemplate({ language, uri, parameterFiles }, contextOf(uri, text), new ArmFiles());
    }
    case 'terraform': {
      const context = contextOf(`${folder}main.tf`, text);
      return resolveTerraform({ language, uri: folder, parameterFiles }, context, new TerraformFiles(), compiled.lens);
    }
  }
}

function contextOf(uri: string, text: string): ResolveContext {
  return {
    snapshot: holding(uri, text),
    budget: defaultBudget,
    foreign: () => undefined,
    depend: () => undefined,
  };
}
