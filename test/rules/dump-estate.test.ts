import { describe, expect, it } from 'vitest';
import { estateOf } from '../engine/languages/bicep/estate-of.ts';
import { dumpEstate } from './dump-estate.ts';
import { examplesOfEstates } from './judge.ts';

const dump = (text: string): readonly string[] => dumpEstate(estateOf(text));

const whole = `
param region string
param public bool
@secure()
param password string

resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql'
  location: region
  properties: {
    administratorLogin: 'harbour'
    administratorLoginPassword: password
    publicNetworkAccess: public ? 'Enabled' : 'Disabled'
    minimalTlsVersion: '1.2'
    version: null
  }
  tags: { place: region, ports: [ 1, 2 ] }
  resource auditing 'auditingSettings' = if (public) {
    name: 'default'
    properties: { state: 'Enabled', login: 'server=\${region}' }
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: server
  properties: { level: 'CanNotDelete', of: server.id }
}

output address string = server.properties.fullyQualifiedDomainName
`;

describe('the lines of an estate', () => {
  it('say all of it', () => {
    expect(dump(whole)).toEqual([
      'microsoft.authorization/locks("keep")@2020-05-01',
      '  exists = true',
      '  scope = ->microsoft.sql/servers("sql")#id',
      '  properties.level = "CanNotDelete"',
      '  properties.of = ->microsoft.sql/servers("sql")#id',
      'microsoft.sql/servers("sql")@2023-08-01',
      '  exists = true',
      '  location = ?1',
      '  properties.administratorLogin = "harbour"',
      '  properties.administratorLoginPassword = !?',
      '  properties.minimalTlsVersion = "1.2"',
      '  properties.publicNetworkAccess = choice2("Enabled" | "Disabled")',
      '  tags.place = ?1',
      '  tags.ports[0] = 1',
      '  tags.ports[1] = 2',
      'microsoft.sql/servers/auditingsettings("sql", "default")@2023-08-01',
      '  exists = choice2(true | false)',
      '  parent = microsoft.sql/servers("sql")',
      '  properties.login = text("server=" ?1)',
      '  properties.state = "Enabled"',
      'output address',
      '  value = ->microsoft.sql/servers("sql")#properties.fullyQualifiedDomainName',
    ]);
  });

  const login = "    administratorLogin: 'harbour'\n";
  const same: readonly (readonly [string, (text: string) => string])[] = [
    ['another order', (text) => text.replace(login, '').replace("'1.2'\n", `'1.2'\n${login}`)],
    ['another name of what is not known', (text) => text.replaceAll('region', 'place')],
    ['another symbolic name', (text) => text.replace(/\bserver(?= '|\.|$)/gm, 'database')],
    ['nothing instead of null', (text) => text.replace('    version: null\n', '')],
    ['another way to the same value', (text) => text.replace("'CanNotDelete'", "[ 'CanNotDelete' ][0]")],
  ];
  it.each(same)('are the same for %s', (_, change) => {
    const other = change(whole);
    expect(other).not.toBe(whole);
    expect(dump(other)).toEqual(dump(whole));
  });

  it.each([
    ['a value', "'1.2'", "'1.1'"],
    ['the kind of a value', "'1.2'", '12'],
    ['a value that goes', "    minimalTlsVersion: '1.2'\n", ''],
    ['a value that comes', "'1.2'\n", "'1.2'\n    x: 1\n"],
    ['an empty object that comes', "'1.2'\n", "'1.2'\n    x: {}\n"],
    ['an item', '[ 1, 2 ]', '[ 1, 3 ]'],
    ['the order of items', '[ 1, 2 ]', '[ 2, 1 ]'],
    ['an array that is empty', '[ 1, 2 ]', '[]'],
    ['an alternative', "'Disabled'", "'disabled'"],
    ['the order of alternatives', 'public ?', '!public ?'],
    ['a condition', '= if (public)', '= if (!public)'],
    ['a condition that goes', '= if (public)', '='],
    ['a value that is no longer known', "'1.2'", 'region'],
    ['another unknown', 'place: region', 'place: uniqueString(region)'],
    ['a secret', '@secure()\n', ''],
    ['the literal part of a text', "'server=", "'Server="],
    ['the unknown part of a text', `\${region}'`, `\${password}'`],
    ['the version', '@2023-08-01', '@2021-11-01'],
    ['a type', 'Microsoft.Authorization/locks', 'Microsoft.Authorization/lock'],
    ['a name', "'keep'", "'hold'"],
    ['the name of a parent', "'sql'", "'sql2'"],
    ['the scope', '  scope: server\n', ''],
    ['where a reference leads to', 'of: server.id', 'of: server::auditing.id'],
    ['what a reference reads', 'of: server.id', 'of: server.properties.x'],
    ['a resource that goes', /\nresource lock[^}]*}[^}]*}/, ''],
    ['an output', 'output address', 'output name'],
    ['the value of an output', 'fullyQualifiedDomainName', 'state'],
    ['an open object', '{ place: region', '{ ...any(region)\n place: region'],
    [
      'a resource that is not deployed',
      /= \{\n {2}name: 'keep'\n {2}scope: server\n.*\n\}/,
      "existing = {\n  name: 'keep'\n  scope: server\n}",
    ],
  ])('differ for %s', (_, from, to) => {
    const other = whole.replace(from, to);
    expect(other).not.toBe(whole);
    expect(estateOf(other).problems).toEqual([]);
    expect(dump(other)).not.toEqual(dump(whole));
  });
});

describe.each(examplesOfEstates)('%s', (_, examples) => {
  it('has examples whose texts differ', () => {
    for (const { language, bad, good } of examples) {
      if (language === 'bicep') expect(dump(bad)).not.toEqual(dump(good));
    }
  });
});
