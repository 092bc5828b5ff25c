import type { Place } from '../text/span.ts';
import { type Member, object, scalar } from './make.ts';
import { sourceOrigin } from './origin.ts';
import type { Language, Resource } from './resource.ts';
import type { Value } from './value.ts';

/**
 * What code declares besides resources and outputs, for rules with that subject. Each is judged like a resource, by what its
 * body says in the same words for every language:
 * `parameters`: `name`, `type` (`string`, `object`, …), `secure`, `default`, and `given`, what a parameter file gives it;
 * `modules`: `name`, `source` and `version` of a call; of a deployment in a template also `template`, what is written in it, and
 * `scope`, where its expressions are evaluated;
 * `texts`: `kind`, what a text that is written out looks like, and `name`, what it is given to;
 * `backends`, `providers`, `provisioners`: `name`, and the arguments of the block as Terraform has them.
 */
export const declarationKinds = ['parameters', 'modules', 'texts', 'backends', 'providers', 'provisioners'] as const;

export type DeclarationKind = (typeof declarationKinds)[number];

/** As a resource, so that all that judges, shows, silences and mends resources holds for it. */
export interface Declaration extends Resource {
  readonly declares: DeclarationKind;
}

export interface DeclarationParts {
  readonly declares: DeclarationKind;
  readonly language: Language;
  readonly name: string;
  readonly address: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly header: Place;
  readonly place: Place;
  /** The language's own node of it, for its edits. */
  readonly node: unknown;
}

export function declaration(parts: DeclarationParts): Declaration {
  const { declares, language, name, address, members, header, place, node } = parts;
  const origin = sourceOrigin(header.uri, header.start, header.end);
  const named: Value = scalar(name, origin);
  return {
    declares,
    language,
    address,
    type: declares,
    apiVersion: undefined,
    names: [named],
    exists: scalar(true, origin),
    existing: false,
    body: object(new Map<string, Member>([['name', named], ...members]), origin),
    parent: undefined,
    scope: undefined,
    header,
    declaration: place,
    instance: '',
    calls: [],
    source: { language, uri: place.uri, node },
  };
}

export function isDeclaration(resource: Resource): resource is Declaration {
  return 'declares' in resource;
}
