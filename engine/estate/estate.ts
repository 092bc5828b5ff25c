import type { Place } from '../text/span.ts';
import type { Declaration } from './declaration.ts';
import type { DeploymentScope, Language, Resource } from './resource.ts';
import type { Value } from './value.ts';

/** What is deployed as one: a Bicep file or template with one parameter file (or none), or a Terraform folder. */
export interface Root {
  readonly language: Language;
  /** The Bicep file or template; for Terraform the folder, ending in `/`, or a plan or state. */
  readonly uri: string;
  /** The parameter file or files that give the values, in order of rising precedence. */
  readonly parameterFiles: readonly string[];
  /** What people call these values, where the same is also deployed with others. */
  readonly set?: string;
}

/** An output of a root or of a module. */
export interface Output {
  readonly name: string;
  readonly value: Value;
  /** Declared secure (Bicep `@secure()`, ARM `securestring`) or sensitive (Terraform). */
  readonly secure: boolean;
  /** Told without evaluating the value; false or undefined where it cannot be told so. */
  readonly certainlyNoSecret?: boolean;
  /** True when it belongs to the root itself and so is kept in the deployment's history or state. */
  readonly atRoot: boolean;
  readonly declaration: Place;
  /** The expression that gives the value, where a finding about it sits; without it the declaration. */
  readonly valuePlace?: Place;
  readonly language: Language;
  readonly address: string;
}

/** A module call whose text is not on this machine, or could not be followed. */
export interface UnresolvedModule extends Place {
  readonly reference: string;
  /** Why, as a sentence for people. */
  readonly message: string;
  /** The command that would bring the text, where there is one. */
  readonly command: string | undefined;
}

/** Something that is wrong with the code itself and not with Azure: a cycle, a missing module file, a budget. */
export interface EstateProblem extends Place {
  readonly code: 'module-not-found' | 'cycle' | 'budget' | 'parameter-file' | 'duplicate' | 'file' | 'unknown-name';
  readonly message: string;
}

/** The graph of Azure resources that a root would deploy. */
export interface Estate {
  readonly root: Root;
  readonly scope: DeploymentScope;
  readonly resources: readonly Resource[];
  readonly outputs: readonly Output[];
  /** What else the code declares, each once however often its file is called. */
  readonly declarations?: readonly Declaration[];
  readonly unresolved: readonly UnresolvedModule[];
  readonly problems: readonly EstateProblem[];
  /** Every file that was asked for, present or not: a change in one of them makes this estate stale. */
  readonly dependencies: ReadonlySet<string>;
}
