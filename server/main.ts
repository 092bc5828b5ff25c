// Speaks with whoever started the process: `--stdio`, `--node-ipc`, `--socket=PORT` or `--pipe=NAME`.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

const connection = createConnection(ProposedFeatures.all);
serve(connection);
connection.listen();
