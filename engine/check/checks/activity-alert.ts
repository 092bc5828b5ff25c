import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { Check, CheckContext } from '../check.ts';
import { type Bound, boundElement, read, wholeResource } from '../context.ts';
import type { Cause } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { segmentsOf } from '../paths.ts';
import { existence } from '../relations.ts';
import { scalarText } from '../security-rules.ts';
import type { Truth } from '../value-test.ts';

const alertType = 'Microsoft.Insights/activityLogAlerts';

/**
 * Among the activity log alerts of an estate one is on and about an operation or a category. Estates without any such alert
 * leave alerting to others and are not judged; the finding sits on the first alert. Options: `operation` or `category`.
 */
export const activityAlert: Check = (resource, context) => {
  const alerts = context.links.ofType(alertType).filter((each) => !each.existing && existence(context, each) !== false);
  if (alerts[0] !== resource) return { verdict: 'pass' };
  const causes: Cause[] = [];
  for (const alert of alerts) {
    const tells = tellsOf(alert, context, causes);
    if (tells === true) return { verdict: 'pass' };
  }
  if (causes.length > 0) return { verdict: 'undetermined', causes };
  if (!context.complete) {
    const detail = 'a module that could not be read may bring the alert';
    return { verdict: 'undetermined', causes: [{ reason: 'unsupported', detail, place: resource.header }] };
  }
  const evidence = {
    value: resource.body,
    path: [],
    resource,
    place: resource.header,
    missing: undefined,
    standsFor: undefined,
    detail: undefined,
  };
  return { verdict: 'fail', evidence: [evidence] };
};

function tellsOf(alert: Resource, context: CheckContext, causes: Cause[]): Truth {
  const whole = wholeResource(alert);
  const { operation, category } = context.options;
  const [field, wanted] = operation === undefined ? ['category', category] : ['operationName', operation];
  const enabledPath = segmentsOf('properties.enabled');
  const enabled = scalarText(read(context, whole, enabledPath))?.toLowerCase();
  if (enabled === 'false') return false;
  const path = segmentsOf('properties.condition.allOf');
  const list = read(context, whole, path);
  let about: Truth = false;
  if (list.kind === 'array') {
    for (const [index, item] of itemsOf(list).entries()) {
      const bound = boundElement(whole, [...path, { kind: 'index', index }], item);
      const name = scalarText(read(context, bound, segmentsOf('field')));
      // azurerm names no field, and values tell it.
      if (name !== undefined && name.toLowerCase() !== field.toLowerCase()) continue;
      for (const value of valuesOf(bound, context)) {
        const known = scalarText(value);
        if (known === undefined) about = undefined;
        else if (known.toLowerCase() === String(wanted).toLowerCase()) return true;
      }
    }
    if (list.open !== undefined) about = undefined;
  } else if (!isNothing(list)) about = undefined;
  if (about === undefined) causes.push(causeIn(list, whole, path, 'unsupported'));
  return about;
}

/** What the field may be: `equals` and the items of `containsAny`. An item with alternatives (`anyOf`) has neither. */
function valuesOf(bound: Bound, context: CheckContext): readonly Value[] {
  const values: Value[] = [];
  const single = read(context, bound, segmentsOf('equals'));
  if (!isNothing(single)) values.push(single);
  const list = read(context, bound, segmentsOf('containsAny'));
  if (list.kind === 'array') values.push(...itemsOf(list).map((item) => context.assignment.resolve(item)));
  else if (!isNothing(list)) values.push(list);
  return values;
}
