// Makes expressions at random, of every kind of value and construct that HCL has, mostly well typed and now and then not.

export function makeExpressions(count, seed) {
  const random = createRandom(seed);
  const pick = (items) => items[Math.floor(random() * items.length)];
  const chance = (share) => random() < share;
  const kinds = ['text', 'number', 'boolean', 'list', 'map', 'any'];
  let loops = 0;

  /** An expression that is mostly of a kind; `names` are loop variables with their kinds. */
  function make(kind, depth, names) {
    const wanted = chance(0.03) ? pick(kinds) : kind;
    const own = names.filter(([, of]) => of === wanted || of === 'any').map(([name]) => name);
    if (own.length > 0 && chance(0.3)) return pick(own);
    const simple = depth <= 0;
    const next = (of) => make(of, depth - 1, names);
    const textual = () => `upper(${next('text')})`;
    // Arms of different types are converted or refused in ways that matter to nobody.
    const conditional = () => `(${next('boolean')} ? ${next(wanted)} : ${next(wanted)})`;
    switch (wanted) {
      case 'text':
        if (simple)
          return pick([
            '"a"',
            '"b-1"',
            '""',
            'local.text',
            'local.map.a',
            'local.list[0]',
            '"5"',
            '"true"',
            'local.objects[0].name',
          ]);
        return pick([
          () =>
            `"${pick(['', 'x', '%'])}\${${next(pick(['text', 'number', 'boolean', 'text']))}}${pick(['', '-', ' z'])}"`,
          () => `"%{ if ${next('boolean')} }${pick(['y', 'yes '])}%{ else }n\${${next('text')}}%{ endif }"`,
          () => `"%{ if ${next('boolean')} ~} t %{~ endif }"`,
          () => {
            const name = `v${loops++}`;
            return `"%{ for ${name} in ${next('list')} ~}\${${make('any', 0, [...names, [name, 'text']])}},%{ endfor }"`;
          },
          () => `upper(${next('text')})`,
          () => `join(${next('text')}, ${next('list')})`,
          () => `format("%s-%v", ${next('text')}, ${next(pick(['number', 'text', 'boolean']))})`,
          () => `replace(${next('text')}, "a", ${next('text')})`,
          () => `tostring(${next(pick(['number', 'boolean', 'text']))})`,
          () => `coalesce(${next('text')}, ${next('text')})`,
          () => `lookup(local.map, ${next('text')}, ${next('text')})`,
          () => `element(${next('list')}, ${next('number')})`,
          () => `try(local.map[${next('text')}], ${next('text')})`,
          () => `jsonencode(${next(pick(kinds))})`,
          conditional,
        ])();
      case 'number':
        if (simple) return pick(['0', '1', '2', '1.5', '-3', 'local.number', 'local.numbers[1]', '1e3']);
        return pick([
          () => `(${next('number')} ${pick(['+', '-', '*'])} ${next('number')})`,
          () => `(${next('number')} ${pick(['/', '%'])} ${pick(['2', '4', '7'])})`,
          () => `-${next('number')}`,
          () => `length(${next(pick(['list', 'map', 'text']))})`,
          () => `max(${next('number')}, ${next('number')})`,
          () => `tonumber(${next(pick(['number', 'text']))})`,
          () => `index(local.list, ${next('text')})`,
          () => `sum(local.numbers[*])`,
          () => `abs(${next('number')})`,
          () => `floor(${next('number')})`,
          conditional,
        ])();
      case 'boolean':
        if (simple) return pick(['true', 'false', 'local.flag', 'local.nested.blue.on', 'local.none == null']);
        return pick([
          () => `(${next('boolean')} ${pick(['&&', '||'])} ${next('boolean')})`,
          () => `!${next('boolean')}`,
          () => `(${next('number')} ${pick(['<', '<=', '>', '>=', '==', '!='])} ${next('number')})`,
          () => {
            const of = pick(kinds);
            return `(${next(of)} ${pick(['==', '!='])} ${next(of)})`;
          },
          () => `contains(${next('list')}, ${next('text')})`,
          () => `can(${next(pick(kinds))})`,
          () => `can(local.map.${pick(['a', 'q'])})`,
          () => `alltrue([${next('boolean')}, ${next('boolean')}])`,
          conditional,
        ])();
      case 'list':
        if (simple)
          return pick([
            '[]',
            'local.list',
            'local.numbers',
            'local.objects[*].name',
            '["a"]',
            'keys(local.map)',
            'local.empty',
            'tolist(local.set)',
          ]);
        return pick([
          () => `[${next('text')}, ${next('text')}]`,
          () => {
            const name = `v${loops++}`;
            const inner = [...names, [name, 'text']];
            const filter = chance(0.4) ? ` if ${make('boolean', depth - 2, inner)}` : '';
            return `[for ${name} in ${next('list')} : ${make(pick(['text', 'number']), depth - 2, inner)}${filter}]`;
          },
          () => {
            const key = `k${loops++}`;
            const name = `v${loops++}`;
            const inner = [...names, [key, 'text'], [name, 'text']];
            return `[for ${key}, ${name} in ${next(pick(['map', 'list']))} : ${make('text', depth - 2, inner)}]`;
          },
          () => `[for k in local.set : k]`,
          () => `[for k, v in local.set : "\${k}\${v}"]`,
          () => `local.objects[*].${pick(['name', 'size', 'tags', 'none'])}`,
          () => `local.objects.*.${pick(['name', 'size'])}`,
          () => `local.none[*]`,
          () => `${next('text')}[*]`,
          () => `concat(${next('list')}, ${next('list')})`,
          () => `flatten([${next('list')}, [${next('list')}]])`,
          () => `distinct(${next('list')})`,
          () => `sort(${next('list')})`,
          () => `reverse(${next('list')})`,
          () => `slice(${next('list')}, 0, 1)`,
          () => `compact(${next('list')})`,
          () => `tolist(${next('list')})`,
          () => `values(${next('map')})`,
          () => `keys(${next('map')})`,
          () => `split("-", ${next('text')})`,
          () => `range(${pick(['3', '1, 4', '0, 10, 5'])})`,
          () => `(${next('boolean')} ? local.list : tolist(["a", ${textual()}]))`,
        ])();
      case 'map':
        if (simple)
          return pick([
            '{}',
            'local.map',
            '{ a = 1 }',
            'local.nested.blue',
            '{ "x" = "y", z : 2 }',
            'local.objects[1]',
          ]);
        return pick([
          () => `{ a = ${next('text')}, (${next('text')}) = ${next('number')} }`,
          () => {
            const name = `v${loops++}`;
            const inner = [...names, [name, 'text']];
            return `{ for ${name} in ${next('list')} : ${make('text', 0, inner)} => ${make('text', depth - 2, inner)} }`;
          },
          () => {
            const key = `k${loops++}`;
            const name = `v${loops++}`;
            const inner = [...names, [key, 'text'], [name, 'text']];
            return `{ for ${key}, ${name} in ${next('map')} : ${pick([key, `upper(${key})`, name])} => ${make('text', depth - 2, inner)}... }`;
          },
          () => `{ for k, v in local.nested : k => v.ports if v.on }`,
          () => `merge(${next('map')}, ${next('map')})`,
          () => `zipmap(["p", "q"], [${next('text')}, ${next('number')}])`,
          () => `tomap({ a = ${next('text')}, b = ${next('number')} })`,
          () => `try(${next('map')}, {})`,
          () => `(${next('boolean')} ? local.map : { a = "1", b = ${textual()} })`,
        ])();
      default:
        if (simple)
          return pick(['null', 'local.none', '[1, "a"]', '{ a = null }', 'local.nested', 'local.mixed', 'local.set']);
        return pick([
          () => next(pick(kinds)),
          () => `${next('list')}[${next('number')}]`,
          () => `${next('map')}["${pick(['a', 'b', 'ports'])}"]`,
          () => `try(${next('any')}, ${next('any')})`,
          () => `(${next('map')}).${pick(['a', 'b', 'on'])}`,
          () => `one(${next('list')})`,
          () => `toset(${next('list')})`,
          () => `jsondecode(jsonencode(${next('any')}))`,
          () => `local.nested[*].${pick(['blue', 'red'])}`,
        ])();
    }
  }

  return Array.from({ length: count }, () => {
    loops = 0;
    return make(pick(kinds), 1 + Math.floor(random() * 3), []);
  });
}

/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
