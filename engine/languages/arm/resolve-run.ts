import type { ResolveContext } from '../../estate/context.ts';
import type { Declaration } from '../../estate/declaration.ts';
import type { Output } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ResolveRun } from '../../estate/run.ts';
import type { ArmFiles } from './files.ts';
import type { TemplateFacts } from './template-facts.ts';

/** The state of resolving one root of ARM, or one template that another language calls. */
export class Run extends ResolveRun {
  readonly files: ArmFiles;
  readonly resources: Resource[] = [];
  readonly outputs: Output[] = [];
  readonly declarations: Declaration[] = [];
  /** The templates whose declarations are known. */
  readonly declared = new Set<TemplateFacts>();

  constructor(context: ResolveContext, files: ArmFiles) {
    super(context);
    this.files = files;
  }
}
