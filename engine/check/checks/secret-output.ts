import type { Output } from '../../estate/estate.ts';
import { stepsOf } from '../../estate/origin.ts';
import type { PathSegment, PropertyPath } from '../../estate/path.ts';
import { holdsSecret } from '../../estate/plain.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import type { OutputCheck } from '../check.ts';

interface Found {
  readonly value: Value;
  readonly path: PropertyPath;
}

/**
 * An output that carries a secret and is not declared secure: everybody who may read the deployment or the state reads the
 * secret too. Whether a value is secret comes from where it was made (secure parameters, listKeys and its like), never
 * from its name. Outputs of Terraform modules stay inside the run, so there only those of the root count.
 */
export const secretOutput: OutputCheck = (output, context) => {
  if (output.secure || (output.language === 'terraform' && !output.atRoot)) return { verdict: 'pass' };
  if (output.certainlyNoSecret === true) return { verdict: 'pass' };
  // Alternatives are only gone through where there is a secret in one of them.
  if (!holdsSecret(output.value)) return { verdict: 'pass' };
  const found = findSecret(output.value, [], context.resolve);
  if (found === undefined) return { verdict: 'pass' };
  const place = placeInOutput(found.value, output);
  return { verdict: 'fail', evidence: { value: found.value, path: found.path, place } };
};

/** The first part of a value that is secret, the deepest that can be told. */
function findSecret(value: Value, path: PropertyPath, resolve: (value: Value) => Value): Found | undefined {
  const decided = resolve(value);
  switch (decided.kind) {
    case 'object':
      for (const key of decided.keys()) {
        const segment: PathSegment = { kind: 'key', key };
        const found = findSecret(decided.get(key), [...path, segment], resolve);
        if (found !== undefined) return found;
      }
      return decided.secret || decided.open?.secret === true ? { value: decided, path } : undefined;
    case 'array': {
      for (const [index, item] of decided.items.entries()) {
        const found = findSecret(item, [...path, { kind: 'index', index }], resolve);
        if (found !== undefined) return found;
      }
      return decided.secret || decided.open?.secret === true ? { value: decided, path } : undefined;
    }
    case 'text':
      for (const part of decided.parts) {
        if (typeof part !== 'string' && findSecret(part, path, resolve) !== undefined) return { value: decided, path };
      }
      return decided.secret ? { value: decided, path } : undefined;
    case 'absent':
    case 'scalar':
    case 'reference':
    case 'choice':
    case 'unknown':
      return decided.secret ? { value: decided, path } : undefined;
  }
}

/** Where the output's own text uses the secret: the use nearest to the output that lies in it. */
function placeInOutput(value: Value, { declaration, valuePlace }: Output): Place {
  const { origin } = value;
  const around = valuePlace ?? declaration;
  if (origin.kind !== 'source') return around;
  const inside = [...stepsOf(origin), origin].find(
    (each) => each.uri === around.uri && around.start <= each.start && each.end <= around.end,
  );
  return inside === undefined ? around : { uri: inside.uri, start: inside.start, end: inside.end };
}
