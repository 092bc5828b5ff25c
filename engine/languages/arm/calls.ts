import { defaultBudget, type ResolveContext } from '../../estate/context.ts';
import { scalar } from '../../estate/make.ts';
import { sourceOrigin } from '../../estate/origin.ts';
import type { JsonDocument } from '../../text/json-syntax.ts';
import type { LocalCall } from '../../text/local-call.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import { ArmFiles, armSource } from './files.ts';
import { linkedPath } from './resolve-links.ts';
import { deploymentType } from './resolve-resources.ts';
import { Run } from './resolve-run.ts';
import { TemplateScope } from './resolve-scope.ts';
import { memberOf } from './template-facts.ts';

/** A template alone: no other file is read, since only its own links are asked for. */
const alone: ResolveContext = {
  snapshot: { file: () => ({ kind: 'unread' }), list: () => ({ kind: 'unread' }) },
  budget: defaultBudget,
  foreign: () => undefined,
  depend: () => undefined,
};

/** The templates beside this one that it deploys by `templateLink`, as far as it says where they are. */
export function linkedTemplates(
  uri: string,
  { text, document }: { readonly text: string; readonly document: JsonDocument },
): readonly LocalCall[] {
  if (!/"templateLink"/i.test(text) || document.root?.kind !== 'object') return [];
  const source = armSource(uri, text, document);
  const template = new TemplateScope(new Run(alone, new ArmFiles()), source, source.factsOf(document.root), {
    identity: '',
    calls: [],
    exists: scalar(true, sourceOrigin(uri, 0, 0)),
    argument: () => undefined,
    deployedTo: undefined,
    groupIdentity: '',
    subscriptionIdentity: '',
    callers: [],
    around: undefined,
  });
  const calls = new Map<string, LocalCall>();
  collect(template, calls);
  return [...calls.values()];
}

function collect(template: TemplateScope, calls: Map<string, LocalCall>): void {
  const { uri } = template.source;
  for (const resource of template.ofType(deploymentType)) {
    const { properties } = resource.facts;
    const link = properties?.kind === 'object' ? memberOf(properties, 'templatelink') : undefined;
    if (link?.kind === 'object') {
      const path = linkedPath(link, resource.turn.scope);
      const target = path === undefined ? undefined : resolveRelative(folderOf(uri), path);
      const place = memberOf(link, 'relativepath') ?? memberOf(link, 'uri') ?? link;
      if (target !== undefined)
        calls.set(`${place.start} ${target}`, { uri, start: place.start, end: place.end, target });
    } else if (resource.deployment?.template !== undefined) collect(resource.deployment.template, calls);
  }
}
