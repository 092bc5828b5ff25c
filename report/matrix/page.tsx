// The page that VS Code shows in a panel: it is sent maps, and says where to go.
import { render } from 'preact';
import type { ResponsibilityMap } from '../../engine/responsibility/matrix.ts';
import { Matrix, type Scope } from './matrix.tsx';
import './matrix.css';

declare function acquireVsCodeApi(): { readonly postMessage: (message: object) => void };

interface MapMessage {
  readonly kind: 'map';
  readonly map: ResponsibilityMap<object>;
  readonly scope: Scope;
}

const editor = acquireVsCodeApi();
const root = document.getElementById('matrix');

addEventListener('message', ({ data }: MessageEvent<MapMessage>) => {
  if (root === null || data.kind !== 'map') return;
  render(
    <Matrix
      map={data.map}
      scope={data.scope}
      onOpen={(at) => editor.postMessage({ kind: 'open', at })}
      onScope={(scope) => editor.postMessage({ kind: 'scope', scope })}
    />,
    root,
  );
});
editor.postMessage({ kind: 'ready' });
