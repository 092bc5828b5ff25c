import { severities } from '../findings/finding.ts';
import { type Data, describeKind, isDataArray, isDataObject } from '../functions/data.ts';
import { concerns, layers } from '../responsibility/layers.ts';
import { type ConditionScope, checkPath, compileCondition, readTypes } from './compile-condition.ts';
import type { CompiledCondition } from './condition-types.ts';
import {
  type DocumentProblem,
  itemsIn,
  member,
  membersOf,
  objectOf,
  type Part,
  partOf,
  readBoolean,
  readOneOf,
  readText,
  readTexts,
  report,
  required,
  requireKeys,
} from './document.ts';
import {
  type CheckCall,
  type ChildSpec,
  type CompiledRule,
  type ExampleLanguage,
  exampleLanguages,
  type FixSpec,
  faultPath,
  fixEffects,
  needs,
  profiles,
  type ReferringSpec,
  type RuleExample,
  type RuleReferences,
  type RuleText,
  type Subject,
  subjects,
} from './rule.ts';

export interface CompiledDocument {
  /** Undefined when something that a rule cannot be without is missing or wrong. */
  readonly rule: CompiledRule | undefined;
  readonly text: RuleText | undefined;
  readonly examples: readonly RuleExample[];
  readonly problems: readonly DocumentProblem[];
}

export interface CompileRuleOptions {
  /** The checks that there are, by name, with what they look at. */
  readonly checks: Readonly<Record<string, Subject>>;
  readonly patternProblem: (pattern: string) => string | undefined;
}

const ruleKeys = [
  'title',
  'layer',
  'concern',
  'severity',
  'profiles',
  'needs',
  'subject',
  'resource',
  'where',
  'moot',
  'require',
  'check',
  'at',
  'message',
  'suppressible',
  'fix',
  'options',
  'why',
  'references',
  'parts',
  'examples',
];

/** Compiles a rule from what its YAML file says. `id` is `<service>/<name>`, from the file's path. Never throws. */
export function compileRule(id: string, data: Data, options: CompileRuleOptions): CompiledDocument {
  const problems: DocumentProblem[] = [];
  const part = partOf(data, problems);
  const nothing = (): CompiledDocument => ({ rule: undefined, text: undefined, examples: [], problems });
  if (objectOf(part, 'A rule') === undefined) return nothing();
  requireKeys(part, ruleKeys, 'A rule');
  const declared = readOptions(member(part, 'options'));
  const scope: ConditionScope = { options: Object.keys(declared.defaults), patternProblem: options.patternProblem };
  const references = readReferences(member(part, 'references'));
  const examples = readExamples(member(part, 'examples'), member(part, 'fix') !== undefined);
  const title = required(part, 'title', 'A rule', (each) => readTitle(each, 80));
  const layer = required(part, 'layer', 'A rule', (each) => readOneOf(each, layers, 'The layer'));
  const concern = required(part, 'concern', 'A rule', (each) => readOneOf(each, concerns, 'The concern'));
  const severity = required(part, 'severity', 'A rule', (each) => readOneOf(each, severities, 'The severity'));
  const profile = required(part, 'profiles', 'A rule', readProfile);
  const why = required(part, 'why', 'A rule', (each) => readText(each, `'why'`));
  const subject = readOneOf(member(part, 'subject'), subjects, 'The subject') ?? 'resources';
  const need = readOneOf(member(part, 'needs'), needs, 'What a rule needs');
  const types = readSubjectTypes(part, subject);
  const judged = readJudgement(part, subject, scope, options.checks);
  const at = readText(member(part, 'at'), `'at'`);
  if (at !== undefined) checkPath(at, part, true);
  const message = readText(member(part, 'message'), `'message'`);
  const fix = readFix(member(part, 'fix'));
  if (title === undefined || layer === undefined || concern === undefined || severity === undefined) return nothing();
  if (profile === undefined || why === undefined || judged === undefined || problems.length > 0) return nothing();
  const rule: CompiledRule = {
    id,
    title,
    layer,
    concern,
    severity,
    profile,
    subject,
    ...(need === undefined ? {} : { needs: need }),
    types,
    ...judged,
    ...(at === undefined ? {} : { at }),
    ...(message === undefined ? {} : { message }),
    suppressible: readBoolean(member(part, 'suppressible'), `'suppressible'`) ?? true,
    ...(fix === undefined ? {} : { fix }),
    aliases: references.aliases,
    ...readParts(member(part, 'parts'), references.aliases),
    ...(scope.options.length === 0 ? {} : { options: declared.defaults }),
  };
  return { rule, text: { id, why, references, options: declared.descriptions }, examples, problems };
}

function readTitle(part: Part, limit: number): string | undefined {
  const title = readText(part, 'A title');
  if (title === undefined) return undefined;
  if (title.length > limit)
    return report(part, `A title has at most ${limit} characters; this one has ${title.length}.`);
  return title.endsWith('.') ? report(part, 'A title has no full stop.') : title;
}

function readProfile(part: Part): CompiledRule['profile'] | undefined {
  const [first, second] = itemsIn(part, 'Profiles');
  if (first === undefined) return report(part, `A rule that is in no list says 'profiles: [all]'.`);
  if (second !== undefined) return report(second, 'Name only the smallest profile; the larger ones contain it.');
  return readOneOf(first, profiles, 'A profile');
}

function readSubjectTypes(part: Part, subject: CompiledRule['subject']): readonly string[] {
  const resource = member(part, 'resource');
  if (subject !== 'resources') {
    if (resource !== undefined) report(resource, `A rule over ${subject} names no resource type.`);
    return [];
  }
  if (resource === undefined) {
    report(part, `A rule needs 'resource' (or another subject, as 'subject: outputs').`);
    return [];
  }
  return resource.data === '*' ? ['*'] : readTypes(resource);
}

type Judgement = Pick<CompiledRule, 'where' | 'moot' | 'require' | 'check'>;

function readJudgement(
  part: Part,
  subject: CompiledRule['subject'],
  scope: ConditionScope,
  checks: CompileRuleOptions['checks'],
): Judgement | undefined {
  const conditions: { where?: CompiledCondition; moot?: CompiledCondition; require?: CompiledCondition } = {};
  for (const key of ['where', 'moot', 'require'] as const) {
    const written = member(part, key);
    if (written === undefined) continue;
    if (subject === 'outputs') return report(written, `A rule over outputs takes a 'check' and no '${key}'.`);
    const condition = compileCondition(written, scope);
    if (condition !== undefined) conditions[key] = condition;
  }
  const check = member(part, 'check');
  if ((check === undefined) === (member(part, 'require') === undefined))
    return report(part, `A rule has either 'require' or 'check'.`);
  if (check === undefined) return conditions;
  const call = readCheck(check, subject, scope, checks);
  return call === undefined ? undefined : { ...conditions, check: call };
}

function readCheck(
  part: Part,
  subject: Subject,
  scope: ConditionScope,
  checks: CompileRuleOptions['checks'],
): CheckCall | undefined {
  requireKeys(part, ['name', 'options'], `'check'`);
  const name = required(part, 'name', `'check'`, (each) => readOneOf(each, Object.keys(checks), 'The check'));
  // What is declared besides outputs is judged as resources are.
  if (name !== undefined && (checks[name] === 'outputs') !== (subject === 'outputs'))
    report(part, `The check '${name}' looks at ${checks[name]}, this rule at ${subject}.`);
  const options = member(part, 'options');
  if (options === undefined) return name === undefined ? undefined : { name, options: {} };
  for (const [, value] of membersOf(options, 'Options of a check')) {
    const option = member(value, 'option');
    if (option !== undefined && typeof option.data === 'string' && !scope.options.includes(option.data))
      report(option, `The option '${option.data}' is not declared under 'options'.`);
  }
  const given = objectOf(options, 'Options of a check');
  return name === undefined || given === undefined ? undefined : { name, options: given };
}

interface DeclaredOptions {
  readonly defaults: Readonly<Record<string, Data>>;
  readonly descriptions: Readonly<Record<string, string>>;
}

function readOptions(part: Part | undefined): DeclaredOptions {
  const defaults: Record<string, Data> = {};
  const descriptions: Record<string, string> = {};
  for (const [name, declaration] of part === undefined ? [] : membersOf(part, 'Options')) {
    requireKeys(declaration, ['default', 'description'], 'An option');
    const value = required(declaration, 'default', 'An option', (each) => each);
    const description = required(declaration, 'description', 'An option', (each) => readText(each, 'A description'));
    if (value !== undefined) defaults[name] = value.data;
    if (description !== undefined) descriptions[name] = description;
  }
  return { defaults, descriptions };
}

const fixKeys = ['title', 'effect', 'note', 'set', 'remove', 'addChild', 'addReferring', 'handIn'];

function readFix(part: Part | undefined): FixSpec | undefined {
  if (part === undefined) return undefined;
  requireKeys(part, fixKeys, 'A fix');
  const title = required(part, 'title', 'A fix', (each) => readTitle(each, 60));
  const effect = required(part, 'effect', 'A fix', (each) => readOneOf(each, fixEffects, 'The effect'));
  const note = readText(member(part, 'note'), `'note'`);
  if (effect !== undefined && effect !== 'neutral' && note === undefined)
    report(part, `A fix with the effect '${effect}' needs a 'note' that says what may happen.`);
  const set = member(part, 'set');
  for (const [path, value] of set === undefined ? [] : membersOf(set, `'set'`)) {
    if (path !== faultPath) checkPath(path, value, true);
    checkAsks(value);
  }
  const remove = member(part, 'remove');
  const removed = readTexts(remove, `'remove'`);
  if (remove !== undefined) for (const path of removed) checkPath(path, remove, true);
  const addChild = member(part, 'addChild');
  const handIn = member(part, 'handIn');
  if (handIn !== undefined && handIn.data !== true) report(handIn, `'handIn' is true, or left out.`);
  const addReferring = member(part, 'addReferring');
  if ([set, remove, addChild, addReferring, handIn].every((each) => each === undefined))
    report(part, `A fix needs 'set', 'remove', 'addChild', 'addReferring' or 'handIn'.`);
  const referring = addReferring === undefined ? undefined : readReferring(addReferring);
  const child = addChild === undefined ? undefined : readChild(addChild);
  if (title === undefined || effect === undefined) return undefined;
  return {
    title,
    effect,
    ...(note === undefined ? {} : { note }),
    ...(set !== undefined && isDataObject(set.data) ? { set: set.data } : {}),
    ...(removed.length === 0 ? {} : { remove: removed }),
    ...(child === undefined ? {} : { addChild: child }),
    ...(referring === undefined ? {} : { addReferring: referring }),
    ...(handIn === undefined ? {} : { handIn: true }),
  };
}

function readChild(part: Part): ChildSpec | undefined {
  requireKeys(part, ['type', 'apiVersion', 'name', 'body'], `'addChild'`);
  return readNew(part, `'addChild'`);
}

function readReferring(part: Part): ReferringSpec | undefined {
  requireKeys(part, ['type', 'apiVersion', 'name', 'onto', 'body'], `'addReferring'`);
  const onto = member(part, 'onto');
  if (onto !== undefined && onto.data !== true) report(onto, `'onto' is true, or left out.`);
  const added = readNew(part, `'addReferring'`);
  return added === undefined || onto === undefined ? added : { ...added, onto: true };
}

function readNew(part: Part, what: string): ChildSpec | undefined {
  const type = required(part, 'type', what, (each) => readTypes(each)[0]);
  const apiVersion = required(part, 'apiVersion', what, (each) => readText(each, `'apiVersion'`));
  const name = required(part, 'name', what, (each) => readText(each, `'name'`));
  const body = required(part, 'body', what, (each) => each);
  if (type === undefined || apiVersion === undefined || name === undefined || body === undefined) return undefined;
  checkAsks(body);
  return { type, apiVersion, name, body: body.data };
}

/** Reports each `{ ask: … }` that lacks something. */
function checkAsks(part: Part): void {
  if (isDataArray(part.data)) for (const item of itemsIn(part, 'A list')) checkAsks(item);
  if (!isDataObject(part.data)) return;
  const ask = member(part, 'ask');
  if (ask === undefined) {
    for (const [, each] of membersOf(part, 'A map')) checkAsks(each);
    return;
  }
  requireKeys(part, ['ask'], 'A value that is asked for');
  requireKeys(ask, ['name', 'prompt', 'example'], `'ask'`);
  required(ask, 'name', `'ask'`, (each) => readText(each, `'name'`));
  required(ask, 'prompt', `'ask'`, (each) => readText(each, `'prompt'`));
  required(ask, 'example', `'ask'`, (each) => each);
}

/** Aliases by the part of the rule that they stand for. */
function readParts(part: Part | undefined, aliases: readonly string[]): Pick<CompiledRule, 'parts'> {
  if (part === undefined) return {};
  const parts: Record<string, string> = {};
  for (const [name, listed] of membersOf(part, `'parts'`)) {
    for (const alias of readTexts(listed, 'A part')) {
      if (!aliases.includes(alias)) report(listed, `'${alias}' is none of the rule's aliases.`);
      parts[alias.toLowerCase()] = name;
    }
  }
  return { parts };
}

const referenceKeys = ['policy', 'mcsb', 'cis', 'aliases', 'links'];

function readReferences(part: Part | undefined): RuleReferences {
  if (part !== undefined) {
    if (objectOf(part, 'References') !== undefined) requireKeys(part, referenceKeys, 'References');
  }
  const list = (key: string): readonly string[] => (part === undefined ? [] : readTexts(member(part, key), `'${key}'`));
  return {
    policy: list('policy'),
    mcsb: list('mcsb'),
    cis: list('cis'),
    aliases: list('aliases'),
    links: list('links'),
  };
}

function readExamples(part: Part | undefined, hasFix: boolean): readonly RuleExample[] {
  if (part === undefined) return [];
  const examples: RuleExample[] = [];
  for (const item of itemsIn(part, 'Examples')) {
    requireKeys(item, [...exampleLanguages, 'note', 'fixed', 'file', 'beside'], 'An example');
    const files = readFiles(item);
    const note = readText(member(item, 'note'), `'note'`);
    const fixed = readBoolean(member(item, 'fixed'), `'fixed'`) ?? hasFix;
    if (fixed && !hasFix) report(item, `An example cannot be 'fixed' by a rule that has no fix.`);
    const written = exampleLanguages.filter((language) => member(item, language) !== undefined);
    if (written.length !== 1) report(item, `An example has one language: ${exampleLanguages.join(', ')}.`);
    for (const language of written) {
      const texts = member(item, language);
      const example = texts === undefined ? undefined : readExample(language, texts, fixed, note);
      if (example !== undefined) examples.push({ ...example, ...files });
    }
  }
  return examples;
}

/** What the file of an example is called, and what stands beside it. */
function readFiles(item: Part): Pick<RuleExample, 'file' | 'beside'> {
  const file = readText(member(item, 'file'), `'file'`);
  const beside = member(item, 'beside');
  const texts: Record<string, string> = {};
  for (const [name, part] of beside === undefined ? [] : membersOf(beside, `'beside'`)) {
    const text = readText(part, 'A file');
    if (text !== undefined) texts[name] = text;
  }
  return { ...(file === undefined ? {} : { file }), ...(beside === undefined ? {} : { beside: texts }) };
}

function readExample(
  language: ExampleLanguage,
  part: Part,
  fixed: boolean,
  note: string | undefined,
): RuleExample | undefined {
  requireKeys(part, ['bad', 'good'], 'An example');
  // Whole files, so blanks at their ends count.
  const whole = (each: Part): string | undefined =>
    typeof each.data === 'string' ? each.data : report(each, `It must be a text, not ${describeKind(each.data)}.`);
  const bad = required(part, 'bad', 'An example', whole);
  const good = required(part, 'good', 'An example', whole);
  if (bad === undefined || good === undefined) return undefined;
  return { language, bad, good, fixed, ...(note === undefined ? {} : { note }) };
}
