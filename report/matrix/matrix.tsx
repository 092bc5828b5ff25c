import { useMemo, useState } from 'preact/hooks';
import {
  type LayerState,
  type MatrixCell,
  type MatrixRow,
  matrixOf,
  type ResponsibilityMap,
} from '../../engine/responsibility/matrix.ts';
import { describe, nameOf, ownerNames, signs, stateNames } from './words.ts';

export type Scope = 'open' | 'workspace';

interface MatrixProps<At> {
  readonly map: ResponsibilityMap<At>;
  readonly scope: Scope;
  readonly onOpen: (at: At) => void;
  readonly onScope: (scope: Scope) => void;
}

/** Resources or services against the layers of the shared responsibility model. */
export function Matrix<At>({ map, scope, onOpen, onScope }: MatrixProps<At>) {
  const [by, setBy] = useState<'resource' | 'service'>('resource');
  const [onlyToMend, setOnlyToMend] = useState(false);
  const rows = useMemo(() => matrixOf(map, by), [map, by]);
  const shown = onlyToMend ? rows.filter(({ cells }) => cells.some(({ state }) => state === 'to-mend')) : rows;
  return (
    <>
      <header>
        <h1>Whose job is what</h1>
        <div class="choices">
          <Choice label="Rows" value={by} options={{ resource: 'Resources', service: 'Services' }} onChoose={setBy} />
          <Choice
            label="Files"
            value={scope}
            options={{ open: 'Open files', workspace: 'Whole workspace' }}
            onChoose={onScope}
          />
          <label>
            <input type="checkbox" checked={onlyToMend} onChange={() => setOnlyToMend(!onlyToMend)} />
            Only what is to mend
          </label>
        </div>
      </header>
      {shown.length === 0 ? (
        <p class="empty">
          {rows.length === 0
            ? 'No Azure resources here yet. Open a Bicep file, an ARM template or a Terraform file.'
            : 'Nothing is to mend.'}
        </p>
      ) : (
        <Grid rows={shown} onOpen={onOpen} />
      )}
      <Legend />
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  const entries = Object.entries(options) as [Value, string][];
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {entries.map(([each, text]) => (
        <button type="button" class="choose" key={each} aria-pressed={each === value} onClick={() => onChoose(each)}>
          {text}
        </button>
      ))}
    </fieldset>
  );
}

interface GridProps<At> {
  readonly rows: readonly MatrixRow<At>[];
  readonly onOpen: (at: At) => void;
}

/** A grid that the keyboard moves about in: one cell takes part in the tab order, arrows move it. */
function Grid<At>({ rows, onOpen }: GridProps<At>) {
  const layers = rows[0]?.cells.map(({ layer }) => layer) ?? [];
  // Column 0 is the name of the row.
  const [focus, setFocus] = useState({ row: 0, column: 0 });
  const row = Math.min(focus.row, rows.length - 1);
  const move = (event: KeyboardEvent): void => {
    const target = targetOf(event, row, focus.column, rows.length - 1, layers.length);
    if (target === undefined) return;
    event.preventDefault();
    setFocus(target);
    cellAt(target.row, target.column)?.focus();
  };
  const tab = (r: number, c: number) => ({
    'data-cell': `${r}:${c}`,
    tabIndex: r === row && c === focus.column ? 0 : -1,
    onFocus: () => setFocus({ row: r, column: c }),
  });
  return (
    <div class="scroller">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that the keyboard moves about in */}
      <table role="grid" aria-label="Responsibility matrix" onKeyDown={move}>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            {layers.map((layer) => (
              <th scope="col" key={layer}>
                {nameOf(layer)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((each, r) => (
            <tr key={each.id}>
              <th scope="row">
                <button type="button" class="row" {...tab(r, 0)} onClick={() => onOpen(each.at)}>
                  <span class="name">{each.title}</span>
                  <span class="detail">{each.detail}</span>
                </button>
              </th>
              {each.cells.map((cell, c) => (
                <td key={cell.layer} class={`${cell.state} ${cell.owner}`}>
                  <CellButton row={each.title} cell={cell} attributes={tab(r, c + 1)} onOpen={() => onOpen(cell.at)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly row: string;
  readonly cell: MatrixCell<unknown>;
  readonly attributes: object;
  readonly onOpen: () => void;
}

function CellButton({ row, cell, attributes, onOpen }: CellProps) {
  const words = describe(cell);
  const owner = ownerNames[cell.owner];
  const label = `${row}, ${nameOf(cell.layer)}: ${words}. Owner: ${owner}`;
  const lines = [words, ...cell.titles.map((title) => `✗ ${title}`), cell.reason ?? ''];
  return (
    <button
      type="button"
      class="cell"
      {...attributes}
      aria-label={label}
      title={lines.filter((each) => each !== '').join('\n')}
      onClick={onOpen}
    >
      <span class="state">
        {signs[cell.state]}
        {cell.toMend > 0 ? ` ${cell.toMend}` : cell.undetermined > 0 ? ` ${cell.undetermined}` : ''}
      </span>
      <span class="owner">{owner}</span>
    </button>
  );
}

function cellAt(row: number, column: number): HTMLElement | null {
  return document.querySelector(`[data-cell="${row}:${column}"]`);
}

function targetOf(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  row: number,
  column: number,
  lastRow: number,
  lastColumn: number,
): { readonly row: number; readonly column: number } | undefined {
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(lastColumn, column + 1) };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(lastRow, row + 1), column };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

const legend: readonly LayerState[] = ['to-mend', 'undetermined', 'accepted', 'in-order', 'unchecked', 'provider'];

function Legend() {
  return (
    <ul class="legend" aria-label="Legend">
      {legend.map((state) => (
        <li key={state}>
          <span class={`sample ${state}`} aria-hidden="true">
            {signs[state]}
          </span>
          {stateNames[state]}
        </li>
      ))}
    </ul>
  );
}
