import {
  type Command,
  commands,
  type Disposable,
  EventEmitter,
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from 'vscode';
import type { Location } from '../../server/protocol.ts';
import type { ResponsibilitySource } from './source.ts';
import { type FindingNode, findingsIn, type Grouping, type GroupNode, type Node, treeOf } from './tree-model.ts';

const ownerIcons = { customer: 'account', shared: 'organization', microsoft: 'azure' } as const;
const stateIcons = {
  'to-mend': new ThemeIcon('circle-filled', new ThemeColor('problemsErrorIcon.foreground')),
  undetermined: new ThemeIcon('question', new ThemeColor('problemsWarningIcon.foreground')),
  'in-order': new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
} as const;
const severityIcons = {
  critical: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  high: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  medium: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  low: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
} as const;

/** The tree of responsibilities and its commands. */
export function createTree(source: ResponsibilitySource): Disposable[] {
  const provider = new ResponsibilityTree(source);
  const view = window.createTreeView('demarc.responsibility', { treeDataProvider: provider, showCollapseAll: true });
  const tell = (): void => {
    const { length } = findingsIn(source.map);
    view.badge = length === 0 ? undefined : { value: length, tooltip: `${length} to mend` };
    view.description = source.scope === 'workspace' ? 'whole workspace' : 'open files';
  };
  source.look(view, view.visible);
  const groupBy = (grouping: Grouping) => () => provider.groupBy(grouping);
  return [
    view,
    view.onDidChangeVisibility(({ visible }) => source.look(view, visible)),
    source.onDidChange(tell),
    commands.registerCommand('demarc.groupByLayer', groupBy('layer')),
    commands.registerCommand('demarc.groupByService', groupBy('service')),
    commands.registerCommand('demarc.groupBySeverity', groupBy('severity')),
    commands.registerCommand('demarc.showWorkspace', () => source.setScope('workspace')),
    commands.registerCommand('demarc.showOpenFiles', () => source.setScope('open')),
  ];
}

class ResponsibilityTree implements TreeDataProvider<Node> {
  readonly #source: ResponsibilitySource;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #grouping: Grouping = 'layer';

  constructor(source: ResponsibilitySource) {
    this.#source = source;
    source.onDidChange(() => this.#changed.fire(undefined));
  }

  groupBy(grouping: Grouping): void {
    this.#grouping = grouping;
    void commands.executeCommand('setContext', 'demarc.responsibilityGrouping', grouping);
    this.#changed.fire(undefined);
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    if (node === undefined) return [...treeOf(this.#source.map, this.#grouping)];
    return node.kind === 'finding' ? [] : [...node.children];
  }

  getTreeItem(node: Node): TreeItem {
    switch (node.kind) {
      case 'group':
        return groupItem(node);
      case 'finding':
        return findingItem(node);
      case 'resource': {
        const item = new TreeItem(node.label, collapsible(node.children.length, true));
        item.id = node.id;
        item.description = node.description;
        item.tooltip = node.tooltip;
        item.iconPath = stateIcons[node.state];
        item.accessibilityInformation = { label: `${node.label}, ${node.tooltip}, ${node.description}` };
        item.command = opens(node.at);
        return item;
      }
    }
  }
}

function groupItem(node: GroupNode): TreeItem {
  const hasFindings = node.children.some((each) => each.kind === 'finding' || each.children.length > 0);
  const item = new TreeItem(node.label, collapsible(node.children.length, hasFindings));
  item.id = node.id;
  item.description = node.description;
  if (node.owner !== undefined) item.iconPath = new ThemeIcon(ownerIcons[node.owner]);
  if (node.severity !== undefined) item.iconPath = severityIcons[node.severity];
  item.accessibilityInformation = { label: `${node.label}, ${node.description}` };
  return item;
}

function findingItem({ id, finding }: FindingNode): TreeItem {
  const item = new TreeItem(finding.title);
  item.id = id;
  item.description = finding.rule;
  item.tooltip = new MarkdownString(`**${finding.title}** (${finding.severity})\n\n`).appendText(finding.message);
  item.iconPath = severityIcons[finding.severity];
  item.contextValue = 'finding';
  item.accessibilityInformation = { label: `${finding.severity}, ${finding.title}: ${finding.message}` };
  item.command = opens(finding.at);
  return item;
}

function collapsible(children: number, open: boolean): TreeItemCollapsibleState {
  if (children === 0) return TreeItemCollapsibleState.None;
  return open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}

function opens({ uri, range: { start, end } }: Location): Command {
  const selection = new Range(start.line, start.character, end.line, end.character);
  return { command: 'vscode.open', title: 'Go to the Line', arguments: [Uri.parse(uri), { selection }] };
}
