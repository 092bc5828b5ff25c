import { Configurations } from '../../../engine/configuration/configurations.ts';
import { configurationReader } from '../../../engine/configuration/read.ts';
import type { RuleNames } from '../../../engine/configuration/read-rules.ts';
import type { Snapshot } from '../../../engine/estate/snapshot.ts';
import type { Place } from '../../../engine/text/span.ts';
import { rule } from '../check/estates.ts';

export const folder = 'file:///repo/';

const requirement = { require: { tls: { equals: '1.2' } } };

/** A few rules, with a peer's id that means two of them. */
export const rules = [
  {
    ...rule(requirement, 'storage/min-tls'),
    aliases: ['CKV_AZURE_44'],
    options: { oldest: 'TLS1_2', ports: [22, 80] },
  },
  { ...rule(requirement, 'storage/secure-transfer'), aliases: ['CKV_AZURE_3', 'AVD-AZU-0008'] },
  { ...rule(requirement, 'sql/min-tls'), aliases: ['CKV_AZURE_44'] },
];

export const names: RuleNames = {
  named: (id) => rules.filter((each) => each.id === id || each.aliases.includes(id)),
  all: () => rules.map(({ id }) => id),
};

/** A snapshot of files by their path below `folder`. */
export function filesOf(files: Readonly<Record<string, string>>): Snapshot {
  const paths = Object.keys(files).map((path) => folder + path);
  return {
    file: (uri) => {
      const text = files[decodeURIComponent(uri.slice(folder.length))];
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    },
    list: (uri) =>
      paths.some((path) => path.startsWith(uri)) ? { kind: 'entries', files: [], folders: [] } : { kind: 'absent' },
  };
}

export function configure(files: Readonly<Record<string, string>>): Configurations {
  return new Configurations(filesOf(files), configurationReader(names));
}

/** What stands at a place. */
export function textAt(files: Readonly<Record<string, string>>, { uri, start, end }: Place): string | undefined {
  return files[uri.slice(folder.length)]?.slice(start, end);
}
