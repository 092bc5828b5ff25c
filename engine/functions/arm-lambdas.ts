import { arrayArgument, objectArgument } from './arguments.ts';
import { type Data, describeKind, FunctionError, isDataArray, newDataObject, toDataObject } from './data.ts';

/** A lambda of Bicep over known data. It gets as many arguments as it has parameters. */
export interface Lambda {
  /** How many parameters the author wrote. */
  readonly parameters: number;
  readonly call: (args: readonly Data[]) => Data;
}

export type LambdaArgument = Data | Lambda;

export interface LambdaFunction {
  readonly minimum: number;
  readonly maximum: number;
  /** Which arguments are lambdas; `parameters` is how many parameters each may have at least and at most. */
  readonly lambdas: readonly { readonly argument: number; readonly parameters: readonly [number, number] }[];
  /** Throws FunctionError. What a lambda throws goes through. */
  readonly call: (args: readonly LambdaArgument[]) => Data;
}

/** Name in lower case → function. */
export const armLambdaFunctions: ReadonlyMap<string, LambdaFunction> = new Map<string, LambdaFunction>([
  [
    'map',
    withLambdas(2, 2, [[1, 1, 2]], (args) => {
      const lambda = lambdaArgument(args, 1);
      return arrayOf(args).map((item, index) => invoke(lambda, [item, index]));
    }),
  ],
  [
    'filter',
    withLambdas(2, 2, [[1, 1, 2]], (args) => {
      const lambda = lambdaArgument(args, 1);
      return arrayOf(args).filter((item, index) => truth(invoke(lambda, [item, index])));
    }),
  ],
  [
    'reduce',
    withLambdas(3, 3, [[2, 2, 3]], (args) => {
      const lambda = lambdaArgument(args, 2);
      return arrayOf(args).reduce<Data>(
        (sum, item, index) => invoke(lambda, [sum, item, index]),
        dataArgument(args, 1),
      );
    }),
  ],
  [
    'sort',
    withLambdas(2, 2, [[1, 2, 2]], (args) => {
      const lambda = lambdaArgument(args, 1);
      const precedes = (a: Data, b: Data) => truth(invoke(lambda, [a, b]));
      return [...arrayOf(args)].sort((a, b) => (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0));
    }),
  ],
  [
    'toobject',
    withLambdas(
      2,
      3,
      [
        [1, 1, 1],
        [2, 1, 1],
      ],
      (args) => {
        const keyOf = lambdaArgument(args, 1);
        const projection = args.length > 2 ? lambdaArgument(args, 2) : undefined;
        return toDataObject(
          arrayOf(args).map((item): [string, Data] => [
            text(invoke(keyOf, [item])),
            projection === undefined ? item : invoke(projection, [item]),
          ]),
        );
      },
    ),
  ],
  [
    'groupby',
    withLambdas(
      2,
      3,
      [
        [1, 1, 1],
        [2, 1, 1],
      ],
      (args) => {
        const keyOf = lambdaArgument(args, 1);
        const projection = args.length > 2 ? lambdaArgument(args, 2) : undefined;
        const groups = new Map<string, Data[]>();
        for (const item of arrayOf(args)) {
          const key = text(invoke(keyOf, [item]));
          const value = projection === undefined ? item : invoke(projection, [item]);
          const group = groups.get(key);
          if (group === undefined) groups.set(key, [value]);
          else group.push(value);
        }
        return toDataObject(groups);
      },
    ),
  ],
  [
    'mapvalues',
    withLambdas(2, 2, [[1, 1, 1]], (args) => {
      const lambda = lambdaArgument(args, 1);
      const mapped = newDataObject();
      for (const [key, value] of Object.entries(objectArgument([dataArgument(args, 0)], 0)))
        mapped[key] = invoke(lambda, [value]);
      return mapped;
    }),
  ],
]);

function withLambdas(
  minimum: number,
  maximum: number,
  lambdas: readonly (readonly [argument: number, least: number, most: number])[],
  call: LambdaFunction['call'],
): LambdaFunction {
  return {
    minimum,
    maximum,
    lambdas: lambdas.map(([argument, least, most]) => ({ argument, parameters: [least, most] })),
    call,
  };
}

function isLambda(argument: LambdaArgument): argument is Lambda {
  return typeof argument === 'object' && argument !== null && 'call' in argument && typeof argument.call === 'function';
}

function lambdaArgument(args: readonly LambdaArgument[], index: number): Lambda {
  const argument = args[index] ?? null;
  if (!isLambda(argument))
    throw new FunctionError(`Argument ${index + 1} has to be a lambda, not ${describeKind(argument)}.`);
  return argument;
}

function dataArgument(args: readonly LambdaArgument[], index: number): Data {
  const argument = args[index] ?? null;
  if (isLambda(argument)) throw new FunctionError(`Argument ${index + 1} cannot be a lambda.`);
  return argument;
}

function arrayOf(args: readonly LambdaArgument[]): readonly Data[] {
  const value = dataArgument(args, 0);
  return isDataArray(value) ? value : arrayArgument([value], 0);
}

function invoke(lambda: Lambda, args: readonly Data[]): Data {
  return lambda.call(args.slice(0, lambda.parameters));
}

function truth(value: Data): boolean {
  if (typeof value !== 'boolean')
    throw new FunctionError(`The lambda has to give true or false, not ${describeKind(value)}.`);
  return value;
}

function text(value: Data): string {
  if (typeof value !== 'string')
    throw new FunctionError(`The lambda has to give a string, not ${describeKind(value)}.`);
  return value;
}
