import type { ResolveContext } from '../../estate/context.ts';
import type { Output } from '../../estate/estate.ts';
import type { Resource } from '../../estate/resource.ts';
import { ResolveRun } from '../../estate/run.ts';
import type { ArmFiles } from './files.ts';

/** The state of resolving one root of ARM, or one template that another language calls. */
export class Run extends ResolveRun {
  readonly files: ArmFiles;
  readonly resources: Resource[] = [];
  readonly outputs: Output[] = [];

  constructor(context: ResolveContext, files: ArmFiles) {
    super(context);
    this.files = files;
  }
}
