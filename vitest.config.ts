import { defineConfig } from 'vitest/config';

// Specs in test/vscode/ run in a real VS Code instead: scripts/test-vscode.mjs.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/setup.ts'] },
});
