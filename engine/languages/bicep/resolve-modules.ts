import { bounded } from '../../estate/bounds.ts';
import { and, identityOf, truthOf } from '../../estate/condition.ts';
import type { ModuleResult } from '../../estate/context.ts';
import type { MissingFile } from '../../estate/loaded.ts';
import { absent, type Member, object, through, unknown } from '../../estate/make.ts';
import { property } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import { fileNameOf } from '../../text/uri.ts';
import { locateModule } from './module-references.ts';
import { evaluate } from './resolve-evaluate.ts';
import { allInstances, type Instances, type Turn, turnsOf } from './resolve-loops.ts';
import { evaluateScope } from './resolve-resources.ts';
import { type FileCall, FileScope } from './resolve-scope.ts';
import { isRemote, keyOf, type ModuleFacts } from './symbols.ts';

/** What a call of a module leads to. */
export type ModuleTarget =
  | { readonly kind: 'bicep'; readonly file: FileScope }
  | { readonly kind: 'foreign'; readonly result: ModuleResult }
  /** Its text cannot be had; what it gives is unknown. */
  | { readonly kind: 'nothing' };

const nothing: ModuleTarget = { kind: 'nothing' };

/** A declaration of a module in one instance of its file. */
export class DeclaredModule implements Instances {
  readonly facts: ModuleFacts;
  readonly #file: FileScope;
  #turns: readonly Turn[] | undefined;
  #isFinding = false;
  #targets: Map<Turn, ModuleTarget> | undefined;
  #mayGiveSecrets: boolean | undefined;

  constructor(facts: ModuleFacts, file: FileScope) {
    this.facts = facts;
    this.#file = file;
  }

  get turns(): readonly Turn[] {
    if (this.#turns !== undefined) return this.#turns;
    if (this.#isFinding) return [];
    this.#isFinding = true;
    this.#turns = turnsOf(this.facts, this.#file.scope);
    this.#isFinding = false;
    return this.#turns;
  }

  /** What the symbolic name stands for. */
  value(origin: SourceOrigin): Value {
    if (this.facts.loop !== undefined) return allInstances(this, origin);
    const [first] = this.turns;
    return first === undefined
      ? unknown('error', 'a condition that refers to itself', origin)
      : this.valueOf(first, origin);
  }

  /** An object with the module's `name` and `outputs`. */
  valueOf = (turn: Turn, origin: SourceOrigin): Value => {
    const { nameValue, name } = this.facts;
    const members = new Map<string, Member>([['outputs', () => this.#outputs(turn, origin)]]);
    members.set('name', () =>
      nameValue === undefined
        ? unknown('deployment', `the name of '${name}'`, origin)
        : evaluate(nameValue, turn.scope),
    );
    const rest = unknown('deployment', `what Azure says of the deployment of '${name}'`, origin);
    return object(members, origin, rest);
  };

  #outputs(turn: Turn, origin: SourceOrigin): Value {
    const { name } = this.facts;
    if (truthOf(turn.exists) === false) return unknown('error', `module '${name}' is not deployed`, origin);
    const target = this.target(turn);
    const members = new Map<string, Member>();
    const place = { uri: origin.uri, start: origin.start, end: origin.end };
    switch (target.kind) {
      case 'bicep':
        for (const output of target.file.source.symbols.outputs) {
          members.set(output.name.name, () =>
            through(target.file.output(output).value, 'output', output.name.name, place),
          );
        }
        return object(members, origin);
      case 'foreign':
        for (const output of target.result.outputs) {
          members.set(output.name, () => through(target.result.output(output.name), 'output', output.name, place));
        }
        return object(members, origin);
      case 'nothing': {
        const identity = `${this.#identity(turn)}.outputs`;
        return unknown('module', `module '${name}' is not on this machine`, origin, identity);
      }
    }
  }

  /** False when none of its outputs can be secret, told without evaluating them. */
  get mayGiveSecrets(): boolean {
    if (this.#mayGiveSecrets === undefined) {
      // A module whose outputs lead back to themselves gives nothing that is known.
      this.#mayGiveSecrets = true;
      this.#mayGiveSecrets = this.turns.some((turn) => {
        if (truthOf(turn.exists) === false) return false;
        const target = this.target(turn);
        if (target.kind !== 'bicep') return target.kind === 'foreign';
        const { file } = target;
        return file.source.symbols.outputs.some((output) => {
          const given = file.output(output);
          return given.secure || !given.certainlyNoSecret;
        });
      });
    }
    return this.#mayGiveSecrets;
  }

  #identity(turn: Turn): string {
    const own = this.#file.call.identity;
    return `${own === '' ? '' : `${own}/`}${this.facts.name}${turn.label}`;
  }

  /** What one turn leads to: found, and bound to its arguments, once. */
  target(turn: Turn): ModuleTarget {
    this.#targets ??= new Map();
    let target = this.#targets.get(turn);
    if (target === undefined) {
      target = this.#find(turn);
      this.#targets.set(turn, target);
    }
    return target;
  }

  #find(turn: Turn): ModuleTarget {
    const { run } = this.#file;
    const { reference, referencePlace } = this.facts;
    if (reference === undefined) return nothing;
    const { context, files } = run;
    let location = run.locations.get(this.facts);
    if (location === undefined) {
      location = locateModule(this.facts, this.#file.uri, context.moduleCache, files, context);
      run.locations.set(this.facts, location);
    }
    const restore = `bicep restore ${fileNameOf(this.#file.uri)}`;
    const isRegistry = isRemote(reference);
    if (location.kind === 'unresolved') {
      const command = location.restorable ? restore : undefined;
      run.reportUnresolved({ ...referencePlace, reference, message: location.message, command });
      return nothing;
    }
    const { uri } = location;
    const callers = [...this.#file.call.callers, this.#file.uri];
    if (callers.includes(uri)) {
      const message = `Module '${this.facts.name}' leads back to this file.`;
      run.report({ ...referencePlace, code: 'cycle', message });
      return nothing;
    }
    if (callers.length > context.budget.moduleDepth) {
      const message = `Modules are nested more than ${context.budget.moduleDepth} deep; '${this.facts.name}' is left out.`;
      run.report({ ...referencePlace, code: 'budget', message });
      return nothing;
    }
    if (run.moduleInstances >= context.budget.moduleInstances) {
      const message = `This root has more than ${context.budget.moduleInstances} modules; the others are left out.`;
      run.report({ ...this.#file.place({ start: 0, end: 0 }), code: 'budget', message });
      return nothing;
    }
    run.moduleInstances++;
    if (/\.(json|jsonc|arm)$/i.test(uri)) return this.#foreign(uri, turn, isRegistry, restore);
    const loaded = files.load(uri, context);
    if (loaded.kind === 'loaded') return { kind: 'bicep', file: new FileScope(run, loaded.content, this.#call(turn)) };
    this.#reportMissing(loaded, uri, isRegistry, restore);
    return nothing;
  }

  #foreign(uri: string, turn: Turn, isRegistry: boolean, restore: string): ModuleTarget {
    const { run } = this.#file;
    const loaded = run.files.text(uri, run.context);
    if (loaded.kind !== 'loaded') {
      this.#reportMissing(loaded, uri, isRegistry, restore);
      return nothing;
    }
    const call = this.#call(turn);
    const result = run.context.foreign(
      {
        uri,
        template: undefined,
        parameters: this.#allArguments(turn),
        exists: call.exists,
        calls: call.calls,
        identity: call.identity,
        groupIdentity: call.groupIdentity,
        subscriptionIdentity: call.subscriptionIdentity,
        deployedTo: call.deployedTo,
      },
      run.context,
    );
    if (result !== undefined) return { kind: 'foreign', result };
    const { reference = '', referencePlace } = this.facts;
    const message = `'${reference}' is no template.`;
    run.reportUnresolved({ ...referencePlace, reference, message, command: undefined });
    return nothing;
  }

  #reportMissing(loaded: MissingFile, uri: string, isRegistry: boolean, restore: string): void {
    const { run } = this.#file;
    const { reference = '', referencePlace, name } = this.facts;
    const command = isRegistry ? restore : undefined;
    const unresolved = (message: string): void =>
      run.reportUnresolved({ ...referencePlace, reference, message, command });
    switch (loaded.kind) {
      case 'absent':
        unresolved(`The module '${reference}' is not on this machine.`);
        if (!isRegistry) {
          const message = `Module '${name}' is not there: no file '${reference}'.`;
          run.report({ ...referencePlace, code: 'module-not-found', message });
        }
        return;
      case 'unread':
        unresolved(`The module '${reference}' has not been read.`);
        return;
      case 'unreadable':
        unresolved(`The module '${reference}' cannot be read: ${loaded.message}`);
        return;
      case 'too-large': {
        unresolved(`The module '${reference}' is too large.`);
        const message = `${fileNameOf(uri)} is larger than ${run.context.budget.fileSize} characters and is not read.`;
        run.report({ ...referencePlace, code: 'budget', message });
        return;
      }
    }
  }

  #call(turn: Turn): FileCall {
    const { facts } = this;
    const outer = this.#file.call;
    const call: Call = { ...facts.call, name: facts.name, instance: turn.label };
    const deployed = facts.scopeValue === undefined ? undefined : evaluateScope(facts.scopeValue, turn.scope);
    const scopeIdentity = deployed === undefined ? undefined : `${identityOf(deployed) ?? this.#identity(turn)}/`;
    const given = deployed === undefined ? undefined : this.#subscriptionOf(deployed, turn);
    let parameters: Value | undefined;
    return {
      identity: this.#identity(turn),
      calls: [...outer.calls, call],
      exists: bounded(and(outer.exists, () => turn.exists, turn.exists.origin)),
      argument: (name) => {
        parameters ??= this.#parameters(turn);
        return this.#argument(parameters, name);
      },
      mayGive: (name) => mayGive(facts, name),
      deployedTo: deployed ?? outer.deployedTo,
      groupIdentity: scopeIdentity ?? outer.groupIdentity,
      subscriptionIdentity: given ?? outer.subscriptionIdentity,
      base: undefined,
      callers: [...outer.callers, this.#file.uri],
    };
  }

  /** Undefined when a module is deployed to the subscription that its caller is deployed to. */
  #subscriptionOf(deployed: Value, turn: Turn): string | undefined {
    if (deployed.kind !== 'reference') return `${identityOf(deployed) ?? this.#identity(turn)}/`;
    if (deployed.target.kind === 'resource') return undefined;
    const { subscription, names } = deployed.target.id;
    if (subscription !== undefined) return `${identityOf(subscription) ?? this.#identity(turn)}/`;
    const [name] = names;
    return name?.kind === 'unknown' || deployed.target.id.type.endsWith('/resourceGroups')
      ? undefined
      : `${identityOf(deployed) ?? this.#identity(turn)}/`;
  }

  #parameters(turn: Turn): Value {
    const { params } = this.facts;
    return params === undefined
      ? object(new Map(), this.#file.origin(this.facts.call))
      : evaluate(params.value, turn.scope);
  }

  #argument(parameters: Value, name: string): Value | undefined {
    const value = property(parameters, name);
    if (value.kind === 'absent') return undefined;
    return through(value, 'argument', name, this.#file.place(this.#written(name)));
  }

  /** Where an argument is written: its own property, or the whole of `params`. */
  #written(name: string): { readonly start: number; readonly end: number } {
    const { params, call } = this.facts;
    if (params === undefined) return call;
    if (params.value.kind !== 'object') return params;
    return params.value.items.find((item) => item.kind === 'property' && keyOf(item) === name) ?? params;
  }

  #allArguments(turn: Turn): ObjectValue {
    const value = this.#parameters(turn);
    const origin = this.#file.origin(this.facts.params ?? this.facts.call);
    const members = new Map<string, Member>();
    if (value.kind === 'object') {
      for (const name of value.keys()) members.set(name, () => this.#argument(value, name) ?? absent(origin));
    }
    const open =
      value.kind === 'object'
        ? value.open
        : value.kind === 'unknown'
          ? value
          : unknown('unsupported', 'arguments that are not known one by one', origin);
    return object(members, origin, open, value.secret);
  }
}

/** Arguments are found ignoring case, as everywhere. */
function mayGive({ argumentNames, params }: ModuleFacts, name: string): boolean {
  if (params === undefined) return false;
  return argumentNames === undefined || argumentNames.has(name.toLowerCase());
}

/** True when a module may be deployed in this turn. */
export function isDeployed(turn: Turn, file: FileScope): boolean {
  if (truthOf(turn.exists) === false) return false;
  return truthOf(and(file.call.exists, () => turn.exists, turn.exists.origin)) !== false;
}
