import type { Body, Expression, TemplatePart } from '../../../../engine/languages/terraform/syntax.ts';

/** Writes an expression with all its structure in brackets, so that tests can say what a text was read as. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.text;
    case 'boolean':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(expression.value);
    case 'template':
      return `${expression.wraps ? 'wrap' : 'template'}(${expression.parts.map(printPart).join(' ')})`;
    case 'variable':
      return expression.name;
    case 'access':
      return `${print(expression.source)}.${expression.name}`;
    case 'index':
      return `${print(expression.source)}[${print(expression.key)}]`;
    case 'splat':
      return `${expression.full ? 'full' : 'splat'}(${print(expression.source)}, ${print(expression.each)})`;
    case 'item':
      return '@';
    case 'call':
      return `${expression.name}(${expression.arguments.map(print).join(', ')}${expression.expansion >= 0 ? '...' : ''})`;
    case 'unary':
      return `(${expression.operator}${print(expression.operand)})`;
    case 'binary':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'conditional':
      return `(${print(expression.condition)} ? ${print(expression.whenTrue)} : ${print(expression.whenFalse)})`;
    case 'parentheses':
      return `paren(${print(expression.expression)})`;
    case 'tuple':
      return `[${expression.elements.map(print).join(', ')}]`;
    case 'object':
      return `{${expression.items.map(({ key, name, value }) => `${name ?? `(${print(key)})`} = ${print(value)}`).join(', ')}}`;
    case 'for': {
      const names = [expression.keyName, expression.valueName].filter((name) => name !== undefined).join(', ');
      const key = expression.key === undefined ? '' : `${print(expression.key)} => `;
      const group = expression.group ? '...' : '';
      const condition = expression.condition === undefined ? '' : ` if ${print(expression.condition)}`;
      return `for(${names} in ${print(expression.collection)} : ${key}${print(expression.value)}${group}${condition})`;
    }
    case 'missing':
      return '?';
  }
}

export function printPart(part: TemplatePart): string {
  switch (part.kind) {
    case 'literal':
      return JSON.stringify(part.text);
    case 'interpolation':
      return print(part.expression);
    case 'if': {
      const [whenTrue, whenFalse] = [part.whenTrue, part.whenFalse].map((parts) => parts.map(printPart).join(' '));
      return `if(${print(part.condition)} ? ${whenTrue} : ${whenFalse})`;
    }
    case 'each': {
      const names = [part.keyName, part.valueName].filter((name) => name !== undefined).join(', ');
      return `each(${names} in ${print(part.collection)} : ${part.parts.map(printPart).join(' ')})`;
    }
  }
}

/** Writes a body on one line: `name = value; type "label" { … }`. */
export function printBody(body: Body): string {
  return body.items
    .map((item) => {
      if (item.kind === 'attribute') return `${item.name} = ${print(item.value)}`;
      const labels = item.labels.map(({ text }) => ` ${JSON.stringify(text)}`).join('');
      const inside = printBody(item.body);
      return `${item.type}${labels} {${inside === '' ? '' : ` ${inside} `}}`;
    })
    .join('; ');
}
