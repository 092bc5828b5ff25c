// The command as people run it: the built bundle in a process of its own, in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const command = join(repository, 'dist/demarc.cjs');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface JsonFinding {
  readonly rule: string;
  readonly verdict: string;
  readonly severity: string;
  readonly risk: { readonly score: number; readonly reason: string };
  readonly layer: string | null;
  readonly file: string;
  readonly message: string;
  readonly range: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
  readonly resource: { readonly address: string; readonly type: string } | null;
  readonly instances: readonly string[];
  readonly sets: readonly string[];
}

/** A working folder for each test of a file; call it at the top of the file. */
export class Workbench {
  folder = '';
  /** The built command. */
  readonly command = command;

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), 'demarc-command-'));
    });
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), content);
    }
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  readAt(path: string): string {
    return readFileSync(path, 'utf8');
  }

  run(...args: readonly string[]): Ran {
    return this.runWith({}, ...args);
  }

  /** `input` goes to standard input, `below` is the working folder. */
  runWith(
    options: { readonly input?: string; readonly below?: string; readonly env?: Readonly<Record<string, string>> },
    ...args: readonly string[]
  ): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: join(this.folder, options.below ?? '.'),
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    return { code: status, out: stdout, err: stderr };
  }

  lintJson(...args: readonly string[]): { readonly code: number | null; readonly findings: readonly JsonFinding[] } {
    const { code, out, err } = this.run('lint', '--format', 'json', ...args);
    if (out === '') throw new Error(err);
    return { code, findings: (JSON.parse(out) as { readonly findings: readonly JsonFinding[] }).findings };
  }
}

/** A storage account in Bicep in which all is well but what `properties` say. */
export function account(properties: string): string {
  return `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    networkAcls: { defaultAction: 'Deny' }
    ${properties}
  }
}
`;
}
