import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Imports TypeScript modules of the engine as one, bundled on the fly. `entries` are relative to the repository. */
export async function loadEngine(...entries) {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from './${entry}';`).join('\n'),
      resolveDir: repository,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Some packages are CommonJS, and ask for modules of Node by `require`.
    banner: {
      js: `import { createRequire } from 'node:module';\nconst require = createRequire(${JSON.stringify(repository + sep)});`,
    },
    write: false,
  });
  const [{ text }] = outputFiles;
  return await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
