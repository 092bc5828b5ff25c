import type { ResolveContext } from '../../estate/context.ts';
import type { Declaration } from '../../estate/declaration.ts';
import type { Output } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ResolveRun } from '../../estate/run.ts';
import type { BicepFiles, BicepSource } from './files.ts';
import type { ModuleLocation } from './module-references.ts';
import type { FileScope } from './resolve-scope.ts';
import type { ParameterFacts } from './resolve-types.ts';
import type { ModuleFacts } from './symbols.ts';
import type { Parameter } from './syntax.ts';

/** The state of resolving one root of Bicep. */
export class Run extends ResolveRun {
  readonly files: BicepFiles;
  readonly resources: Resource[] = [];
  readonly outputs: Output[] = [];
  readonly declarations: Declaration[] = [];
  /** The files whose declarations are known. */
  readonly declared = new Set<BicepSource>();
  /** The scopes of files that others import from, by URI. */
  readonly imports = new Map<string, FileScope>();
  /** Where modules are, whatever number of instances of their file call them. */
  readonly locations = new Map<ModuleFacts, ModuleLocation>();
  readonly parameterFacts = new Map<Parameter, ParameterFacts>();

  constructor(context: ResolveContext, files: BicepFiles) {
    super(context);
    this.files = files;
  }
}
