import type { FixPlan, ResourceEdits, SourceEdit } from '../check/fix.ts';
import { sameSegment } from '../check/paths.ts';
import type { VersionRaise } from '../check/version-raise.ts';
import { filledIn } from '../estate/new-value.ts';
import type { PropertyPath } from '../estate/path.ts';
import {
  type EditResult,
  isNewResource,
  type NewResourceEdit,
  type NewValue,
  type PropertyEdit,
} from '../estate/property-edit.ts';
import type { Resource } from '../estate/resource.ts';
import { identityOf } from '../functions/data.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Place } from '../text/span.ts';
import {
  editSource,
  editsOf,
  editUse,
  type FixContext,
  type FixPlaceChoice,
  joinEdits,
  raiseVersion,
  sourceOf,
} from './apply-fix.ts';

/** The fix of one finding: one plan for each instance that shares its place. */
export interface ChosenFix {
  readonly plans: readonly FixPlan[];
  readonly where: FixPlaceChoice;
}

export interface MergedFixes {
  readonly files: readonly FileEdit[];
  /** Those that the edits make. The others contradict them, and are to be looked at again once these are made. */
  readonly made: ReadonlySet<ChosenFix>;
}

/**
 * The text edits of several fixes, each of which can be made by itself. What they change in one resource is changed
 * together, so that several can add to one place.
 */
export function mergeFixes(fixes: readonly ChosenFix[], context: FixContext): MergedFixes {
  const merge = new Merge(context);
  const made = new Set(fixes.filter((fix) => merge.take(fix)));
  const result = merge.edits();
  return result.kind === 'edits' ? { files: result.files, made } : oneByOne(fixes, context);
}

/** What can be put together as text, where it does not go together as properties. */
function oneByOne(fixes: readonly ChosenFix[], context: FixContext): MergedFixes {
  let files: readonly FileEdit[] = [];
  const made = new Set<ChosenFix>();
  for (const fix of fixes) {
    const joined = joinEdits([{ kind: 'edits', files }, editsOf(fix.plans, fix.where, context)]);
    if (joined.kind === 'refused') continue;
    files = joined.files;
    made.add(fix);
  }
  return { files, made };
}

interface PlannedSource {
  readonly plan: FixPlan;
  readonly source: SourceEdit;
}

/** What several fixes change, in terms of properties, sources and versions. */
class Merge {
  readonly #context: FixContext;
  /** By the declaration: instances of one are edited together. */
  readonly #uses = new Map<unknown, ResourceEdits>();
  readonly #sources: PlannedSource[] = [];
  readonly #raises: VersionRaise[] = [];

  constructor(context: FixContext) {
    this.#context = context;
  }

  /** Takes what a fix changes, unless it contradicts what has been taken before. */
  take({ plans, where }: ChosenFix): boolean {
    const sources: PlannedSource[] = [];
    const uses: ResourceEdits[] = [];
    for (const plan of plans) {
      const source = sourceOf(plan, where);
      if (source === undefined) uses.push(...plan.use);
      else sources.push({ plan, source });
    }
    const raises = plans.flatMap((plan) => plan.raises);
    const fits =
      uses.every((use) => this.#fits(use)) &&
      sources.every(({ source }) => this.#sources.every((known) => this.#agree(known.source, source))) &&
      raises.every((raise) => this.#raises.every((known) => !meet(known.place, raise.place) || known.to === raise.to));
    if (!fits) return false;
    for (const use of uses) this.#add(use);
    this.#sources.push(...sources);
    this.#raises.push(...raises);
    return true;
  }

  edits(): EditResult {
    return joinEdits([
      ...this.#raises.map((raise) => raiseVersion(raise, this.#context)),
      ...this.#sources.map(({ plan, source }) => editSource(plan, source, this.#context)),
      ...[...this.#uses.values()].map((use) => editUse(use, this.#context)),
    ]);
  }

  #fits({ resource, edits }: ResourceEdits): boolean {
    const known = this.#uses.get(declarationOf(resource))?.edits ?? [];
    return edits.every((edit) => known.every((each) => this.#isSame(each, edit) || !contradict(each, edit)));
  }

  #add({ resource, edits }: ResourceEdits): void {
    const known = this.#uses.get(declarationOf(resource))?.edits ?? [];
    const fresh = edits.filter((edit) => !known.some((each) => this.#isSame(each, edit)));
    this.#uses.set(declarationOf(resource), { resource, edits: [...known, ...fresh] });
  }

  #isSame(a: PropertyEdit, b: PropertyEdit): boolean {
    if (isNewResource(a))
      return isNewResource(b) && sameChild(a, b) && this.#identity(a.body) === this.#identity(b.body);
    if (isNewResource(b) || a.path.length !== b.path.length || !startsWith(a.path, b.path)) return false;
    if (a.kind === 'remove' || b.kind === 'remove') return a.kind === b.kind;
    return this.#identity(a.value) === this.#identity(b.value);
  }

  #agree(a: SourceEdit, b: SourceEdit): boolean {
    if (!meet(a.place, b.place)) return true;
    if (!sameSpan(a.place, b.place)) return false;
    if (a.kind === 'hand-in' || b.kind === 'hand-in') return a.kind === b.kind;
    return this.#identity(a.value) === this.#identity(b.value);
  }

  #identity(value: NewValue): string {
    return identityOf(filledIn(value, this.#context.answer));
  }
}

/** What is edited together. A block of Terraform may stand for several resources, each with paths of its own. */
function declarationOf(resource: Resource): unknown {
  return resource.language === 'terraform' ? resource : resource.source.node;
}

/** True when one of two edits changes what the other one changes, or something around it. */
function contradict(a: PropertyEdit, b: PropertyEdit): boolean {
  if (isNewResource(a)) return isNewResource(b) && sameChild(a, b);
  return !isNewResource(b) && (startsWith(a.path, b.path) || startsWith(b.path, a.path));
}

function sameChild(a: NewResourceEdit, b: NewResourceEdit): boolean {
  return a.type.toLowerCase() === b.type.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();
}

function startsWith(path: PropertyPath, start: PropertyPath): boolean {
  return start.length <= path.length && start.every((segment, index) => sameSegment(segment, path[index]));
}

function meet(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.start < b.end && b.start < a.end;
}

function sameSpan(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end;
}
